package dev.cloudmend.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.s3.S3Client;

/** Counts what arrives over HTTP when every operation of the SDK's clients is made. */
class ReadOnlyGuardTest {

  private static final CallLimits LIMITS =
      new CallLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5), 1);

  @ParameterizedTest
  @EnumSource
  void onlyListedReadsArriveOfAllOperationsThatTheSdkHas(Service service) throws Exception {
    var arrived = new TreeSet<String>();
    var guard = new ReadOnlyGuard();
    try (var aws = new FakeAws();
        var clients = new ClientFactory(aws.connection(), LIMITS, Optional.of(guard))) {
      SdkClient client = clients.client(service, "us-east-1");
      for (SdkOperations.Way way : SdkOperations.of(service)) {
        int before = aws.count();
        make(client, way);
        if (aws.count() > before) {
          arrived.add(apiName(service, way));
        }
      }
    }

    assertThat(arrived).isEqualTo(ReadOnlyGuard.reads(service.id()));
    assertThat(guard.refused())
        .doesNotHaveDuplicates()
        .hasSize(
            (int)
                SdkOperations.of(service).stream()
                    .map(way -> apiName(service, way))
                    .filter(name -> !arrived.contains(name))
                    .distinct()
                    .count());
  }

  /** Without this, the test above would also pass if the operations could not be sent at all. */
  @ParameterizedTest
  @EnumSource
  void withoutTheGuardAllOfThemArrive(Service service) throws Exception {
    var silent = new TreeMap<String, String>();
    try (var aws = new FakeAws();
        var clients = new ClientFactory(aws.connection(), LIMITS, Optional.empty())) {
      SdkClient client = clients.client(service, "us-east-1");
      for (SdkOperations.Way way : SdkOperations.of(service)) {
        int before = aws.count();
        String result = make(client, way);
        if (aws.count() == before) {
          silent.put(way.toString(), result);
        }
      }
    }

    // The SDK signs a URL inside this request and takes its region from the host: not from
    // 127.0.0.1.
    silent.keySet().removeIf(way -> way.startsWith("copySnapshot["));
    // A PATCH, which the JDK's connections cannot send.
    silent.keySet().removeIf(way -> way.startsWith("submitMultiRegionAccessPointRoutes["));
    assertThat(silent).isEmpty();
  }

  @Test
  void refusesAnOperationThatDidNotExistWhenTheListWasMade() {
    var guard = new ReadOnlyGuard();

    assertThatThrownBy(() -> guard.beforeExecution(NO_CONTEXT, attributes("S3", "GetBucketFuture")))
        .isInstanceOf(ReadOnlyGuard.RefusedException.class);
    assertThat(guard.refused()).containsExactly("s3:GetBucketFuture");
  }

  @Test
  void refusesAServiceThatItDoesNotKnow() {
    assertThatThrownBy(
            () -> new ReadOnlyGuard().beforeExecution(NO_CONTEXT, attributes("Kms", "DescribeKey")))
        .isInstanceOf(ReadOnlyGuard.RefusedException.class);
  }

  @Test
  void doesNotTakeAReadOfOneServiceForAnothers() {
    assertThatThrownBy(
            () ->
                new ReadOnlyGuard().beforeExecution(NO_CONTEXT, attributes("Ec2", "GetBucketAcl")))
        .isInstanceOf(ReadOnlyGuard.RefusedException.class);
  }

  @Test
  void pagesAndWaitersAreGuardedToo() throws IOException {
    var guard = new ReadOnlyGuard();
    try (var aws = new FakeAws();
        var clients = new ClientFactory(aws.connection(), LIMITS, Optional.of(guard))) {
      var s3 = (S3Client) clients.client(Service.S3, "us-east-1");
      var ec2 = (Ec2Client) clients.client(Service.EC2, "us-east-1");

      assertThatThrownBy(() -> s3.listObjectsV2Paginator(r -> r.bucket("b")).forEach(page -> {}))
          .isInstanceOf(ReadOnlyGuard.RefusedException.class);
      assertThatThrownBy(
              () -> ec2.waiter().waitUntilPasswordDataAvailable(r -> r.instanceId("i-1")))
          .hasRootCauseInstanceOf(ReadOnlyGuard.RefusedException.class);
      assertThat(aws.count()).isZero();
    }
  }

  @Test
  void tellsTheCallerThatAWriteWasRefused() throws IOException {
    var call =
        new ApiCall(
            "s3",
            "PutBucketVersioning",
            "us-east-1",
            Json.parseObject(
                """
                {"Bucket": "b", "VersioningConfiguration": {"Status": "Enabled"}}
                """));
    try (var aws = new FakeAws();
        var clients = AwsClients.open(aws.connection())) {
      assertThatThrownBy(() -> clients.readOnly().read(call))
          .isInstanceOfSatisfying(
              AwsCallException.class,
              e -> assertThat(e.kind()).isEqualTo(AwsCallException.Kind.REFUSED))
          .hasMessageContaining("nothing was sent");
      assertThat(clients.refused()).containsExactly("s3:PutBucketVersioning");
      assertThat(aws.count()).isZero();
    }
  }

  @Test
  void theListIsSortedAndNamesOnlyOperationsOfTheApi() {
    List<String> lines = Resources.lines("reads.txt");

    assertThat(lines).isSorted().doesNotHaveDuplicates();
    assertThat(lines)
        .allSatisfy(
            line -> {
              String[] words = line.split(" ", -1);
              assertThat(words).hasSize(2);
              assertThat(words[1]).matches("(Get|List|Describe|Head)[A-Z].*");
              Service service = Service.byId(words[0]).orElseThrow();
              assertThat(OperationTable.of(service).has(words[1])).as(line).isTrue();
            });
  }

  @Test
  void theListHasNoReadThatGivesAwayASecretOrAnObject() {
    Set<String> secrets =
        Set.of(
            "ec2 DescribeInstanceAttribute",
            "ec2 DescribeLaunchTemplateVersions",
            "ec2 DescribeVpnConnections",
            "ec2 GetConsoleOutput",
            "ec2 GetLaunchTemplateData",
            "ec2 GetPasswordData",
            "s3 GetObject",
            "sts AssumeRole",
            "sts GetSessionToken");

    assertThat(Resources.lines("reads.txt")).isNotEmpty().doesNotContainAnyElementsOf(secrets);
  }

  /** The exception, if it ends with one: the empty answer does not please every operation. */
  private static String make(SdkClient client, SdkOperations.Way way)
      throws ReflectiveOperationException {
    try {
      way.make(client);
      return "no exception";
    } catch (InvocationTargetException e) {
      return String.valueOf(e.getCause());
    }
  }

  private static String apiName(Service service, SdkOperations.Way way) {
    return OperationTable.of(service).byJavaName(way.javaName()).orElse(way.javaName());
  }

  private static ExecutionAttributes attributes(String service, String operation) {
    return new ExecutionAttributes()
        .putAttribute(SdkExecutionAttribute.SERVICE_NAME, service)
        .putAttribute(SdkExecutionAttribute.OPERATION_NAME, operation);
  }

  private static final Context.BeforeExecution NO_CONTEXT =
      () -> {
        throw new UnsupportedOperationException();
      };
}
