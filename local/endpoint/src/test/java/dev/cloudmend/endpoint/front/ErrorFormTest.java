package dev.cloudmend.endpoint.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.emulators.Emulator;
import dev.cloudmend.emulators.EmulatorKind;
import dev.cloudmend.emulators.EmulatorSettings;
import dev.cloudmend.endpoint.AnsweredHere;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Watching;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Errors as the clients of each protocol read them, and who is told of what. */
final class ErrorFormTest {

  @TempDir private Path folder;
  private final Queue<AwsRequest> watched = new ConcurrentLinkedQueue<>();
  private Emulator emulator;
  private EmulatorUpstream upstream;
  private Front front;

  @BeforeEach
  void start() {
    emulator =
        EmulatorKind.MOTO.start(
            EmulatorSettings.ofUser().withStateFolder(folder).withProgress(line -> {}));
    var addresses = new Addresses(emulator.endpoint(), emulator.name(), emulator.endpoint());
    upstream = EmulatorUpstream.open(addresses);
    front =
        Front.start(
            0, new Dispatcher(List.of(refusing()), List.of(watching()), upstream), addresses);
  }

  @AfterEach
  void stop() {
    front.close();
    upstream.close();
    emulator.close();
  }

  private static AnsweredHere refusing() {
    return new AnsweredHere() {
      @Override
      public Set<String> operations() {
        return Set.of(
            "states:DescribeExecution",
            "ec2:DescribeVpcs",
            "iam:GetUser",
            "lambda:GetFunction",
            "sqs:PurgeQueue");
      }

      @Override
      public AwsAnswer answer(AwsRequest request) {
        if (request.name().equals("sqs:PurgeQueue")) {
          throw new IllegalStateException("a secret");
        }
        throw new ServiceException(400, "TooOdd", "\"" + request.name() + "\" <is> & odd");
      }
    };
  }

  private Watching watching() {
    return new Watching() {
      @Override
      public Set<String> operations() {
        return Set.of("iam:CreateUser", "sqs:CreateQueue");
      }

      @Override
      public void succeeded(AwsRequest request, AwsAnswer answer) {
        watched.add(request);
      }
    };
  }

  private <C, B extends AwsClientBuilder<B, C>> C client(Supplier<B> builder) {
    return builder
        .get()
        .endpointOverride(front.endpoint())
        .region(Region.US_EAST_1)
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }

  private static void assertError(ThrowingCallable call, int status, String code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(e.awsErrorDetails().errorMessage()).contains(message);
            });
  }

  @Test
  void errorsOfOperationsAnsweredHereHaveTheServicesForm() {
    String machine = "arn:aws:states:us-east-1:123456789012:execution:a:b";
    assertError(
        () -> client(SfnClient::builder).describeExecution(d -> d.executionArn(machine)),
        400,
        "TooOdd",
        "\"states:DescribeExecution\" <is> & odd");
    assertError(
        () -> client(Ec2Client::builder).describeVpcs(),
        400,
        "TooOdd",
        "\"ec2:DescribeVpcs\" <is> & odd");
    assertError(
        () -> client(IamClient::builder).getUser(), 400, "TooOdd", "\"iam:GetUser\" <is> & odd");
    assertError(
        () -> client(LambdaClient::builder).getFunction(f -> f.functionName("x")),
        400,
        "TooOdd",
        "\"lambda:GetFunction\" <is> & odd");
  }

  @Test
  void aFaultHereIsToldWithoutItsMessage() {
    assertError(
        () -> client(SqsClient::builder).purgeQueue(q -> q.queueUrl(front.endpoint() + "/1/q")),
        500,
        "InternalFailure",
        "IllegalStateException");
    assertThatThrownBy(
            () -> client(SqsClient::builder).purgeQueue(q -> q.queueUrl(front.endpoint() + "/1/q")))
        .hasMessageNotContaining("secret");
  }

  @Test
  void callsThatTheEmulatorDoesNotKnowAreRefusedByName() {
    assertError(
        () ->
            client(SfnClient::builder)
                .redriveExecution(
                    r -> r.executionArn("arn:aws:states:us-east-1:123456789012:execution:a:b")),
        501,
        "NotImplemented",
        "states RedriveExecution");
    assertError(
        () -> client(Ec2Client::builder).getSnapshotBlockPublicAccessState(g -> {}),
        501,
        "NotImplemented",
        "ec2 GetSnapshotBlockPublicAccessState");
    assertError(
        () ->
            client(IamClient::builder)
                .simulateCustomPolicy(s -> s.policyInputList("{}").actionNames("a")),
        501,
        "NotImplemented",
        "iam SimulateCustomPolicy");
  }

  @Test
  void aKilledEmulatorIsToldInTheServicesForm() {
    emulator.close();
    String message = "does not answer";
    int status = 503;
    String code = "ServiceUnavailable";
    assertError(() -> client(SfnClient::builder).listStateMachines(), status, code, message);
    assertError(() -> client(IamClient::builder).listUsers(), status, code, message);
    assertError(() -> client(Ec2Client::builder).describeImages(), status, code, message);
    assertError(() -> client(LambdaClient::builder).listFunctions(), status, code, message);
    assertError(() -> client(S3Client::builder).listBuckets(), status, code, message);
    assertError(
        () -> client(SqsClient::builder).createQueue(q -> q.queueName("q")), status, code, message);
  }

  @Test
  void watchersAreToldOfSuccessesOnlyAndSeeTheWholeRequest() {
    IamClient iam = client(IamClient::builder);
    iam.createUser(u -> u.userName("somebody"));
    assertThatThrownBy(() -> iam.createUser(u -> u.userName("somebody")))
        .hasMessageContaining("somebody");
    client(SqsClient::builder).createQueue(q -> q.queueName("line"));
    assertThat(watched)
        .extracting(AwsRequest::name)
        .containsExactly("iam:CreateUser", "sqs:CreateQueue");
    assertThat(watched.peek().body().text()).contains("UserName=somebody");
  }

  @Test
  void anAccountHasACallerOfItsOwnAlsoAfterAReset() {
    String other = upstream.callerOf("111122223333", "us-east-1").accessKey();
    assertThat(upstream.account(other)).isEqualTo("111122223333");
    assertThat(upstream.callerOf("111122223333", "eu-west-1").accessKey()).isEqualTo(other);
    assertThat(upstream.account("anything")).isEqualTo("123456789012");
    emulator.reset();
    assertThat(upstream.account(upstream.callerOf("111122223333", "us-east-1").accessKey()))
        .isEqualTo("111122223333");
  }
}
