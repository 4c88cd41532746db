package dev.cloudmend.store;

import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Opens Cloudmend's two tables. One store serves all threads; its parts share one connection pool
 * and end with it.
 */
public final class Store implements AutoCloseable {

  private final DynamoDbClient client;
  private final Table auditTable;
  private final Table stateTable;
  private final Clock clock;

  private Store(DynamoDbClient client, StoreSettings settings, Clock clock) {
    this.client = client;
    this.auditTable = new Table(client, settings.auditTable());
    this.stateTable = new Table(client, settings.stateTable());
    this.clock = clock;
  }

  /**
   * Opens the store. Nothing is sent yet, so a table that is not there shows at the first call.
   *
   * @param clock the time of entries, expiry and budgets
   */
  public static Store open(StoreSettings settings, Clock clock) {
    return open(settings, clock, credentials(settings));
  }

  /** As {@link #open(StoreSettings, Clock)}, with the credentials of somebody's choice. */
  public static Store open(
      StoreSettings settings, Clock clock, AwsCredentialsProvider credentials) {
    var builder =
        DynamoDbClient.builder()
            .region(Region.of(settings.region()))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(3))
                    .socketTimeout(Duration.ofSeconds(10)))
            .overrideConfiguration(
                c ->
                    c.retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(5)
                            .build()));
    settings.endpoint().ifPresent(builder::endpointOverride);
    builder.credentialsProvider(credentials);
    return new Store(builder.build(), settings, clock);
  }

  public AuditLog audit() {
    return new AuditLog(auditTable, clock, Backoff.LIMIT);
  }

  public Claims claims() {
    return new Claims(stateTable, clock);
  }

  public Leases leases() {
    return new Leases(stateTable, clock);
  }

  public Incidents incidents() {
    return new Incidents(stateTable, clock);
  }

  public UndoMarks undoMarks() {
    return new UndoMarks(stateTable);
  }

  public Safety safety() {
    return new Safety(stateTable, clock);
  }

  public Histories histories() {
    return new Histories(stateTable);
  }

  public Exemptions exemptions() {
    return new Exemptions(stateTable, clock);
  }

  public Proposals proposals() {
    return new Proposals(stateTable, clock);
  }

  /** Creates the tables that are not there yet, for use on one machine; in AWS Terraform does. */
  public void createTables() {
    var schemas = new TableSchemas(client);
    schemas.create("audit", auditTable);
    schemas.create("state", stateTable);
  }

  @Override
  public void close() {
    client.close();
  }

  private static AwsCredentialsProvider credentials(StoreSettings settings) {
    if (settings.endpoint().isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    // Without the chain's last links, which look for a metadata service that is not there.
    return AwsCredentialsProviderChain.of(
        SystemPropertyCredentialsProvider.create(),
        EnvironmentVariableCredentialsProvider.create(),
        ProfileCredentialsProvider.create(),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("cloudmend", "cloudmend")));
  }
}
