package dev.cloudmend.store;

import dev.cloudmend.emulators.LocalDynamoDb;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Target;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A store with fresh tables for each test, on one DynamoDB Local for all of them. */
final class TestStore implements BeforeEachCallback, AfterEachCallback {

  static final String REGION = "us-east-1";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final AdvancingClock clock = new AdvancingClock();
  private Optional<Store> store = Optional.empty();
  private Optional<DynamoDbClient> raw = Optional.empty();
  private StoreSettings settings = new StoreSettings("none", "none", REGION, Optional.empty());

  /** A bucket, or any other resource with a name of its own. */
  static Target target(String account, String bucket) {
    return new Target("aws", account, REGION, Arn.parse("arn:aws:s3:::" + bucket));
  }

  Store store() {
    return store.orElseThrow();
  }

  /** As another process would open it. */
  Store another(Clock clock) {
    return Store.open(settings, clock);
  }

  /** Past the store, as somebody with the console would. */
  DynamoDbClient raw() {
    return raw.orElseThrow();
  }

  StoreSettings settings() {
    return settings;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    URI endpoint =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(TestStore.class))
            .getOrComputeIfAbsent("dynamodb", key -> LocalDynamoDb.inMemory(), LocalDynamoDb.class)
            .endpoint();
    int number = NUMBER.incrementAndGet();
    settings =
        new StoreSettings("audit-" + number, "state-" + number, REGION, Optional.of(endpoint));
    store = Optional.of(Store.open(settings, clock));
    store().createTables();
    raw =
        Optional.of(
            DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    store.ifPresent(Store::close);
    raw.ifPresent(DynamoDbClient::close);
  }
}
