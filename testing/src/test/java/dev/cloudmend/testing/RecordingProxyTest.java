package dev.cloudmend.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3control.S3ControlClient;

@WithEmulatedAccount
final class RecordingProxyTest {

  private final EmulatedAccount account;
  private final RecordingProxy proxy;
  private final S3Client s3;
  private final IamClient iam;
  private final Ec2Client ec2;
  private final S3ControlClient s3Control;

  RecordingProxyTest(EmulatedAccount account) {
    this.account = account;
    this.proxy = RecordingProxy.inFrontOf(account.endpoint());
    this.s3 = Clients.s3(proxy.endpoint());
    this.iam = Clients.iam(proxy.endpoint());
    this.ec2 = Clients.ec2(proxy.endpoint());
    this.s3Control = Clients.s3Control(proxy.endpoint());
  }

  @BeforeEach
  void emptyTheAccount() {
    account.reset();
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  private List<String> names() {
    return proxy.requests().stream().map(RecordedRequest::name).toList();
  }

  private void createBucket(String bucket) {
    s3.createBucket(b -> b.bucket(bucket));
  }

  private void enableVersioning(String bucket) {
    s3.putBucketVersioning(
        b ->
            b.bucket(bucket)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
  }

  @Test
  void forwardsAndNamesTheOperationsOfS3() {
    createBucket("alpha");
    s3.headBucket(b -> b.bucket("alpha"));
    s3.putPublicAccessBlock(
        b -> b.bucket("alpha").publicAccessBlockConfiguration(c -> c.blockPublicAcls(true)));
    assertThat(
            s3.getPublicAccessBlock(b -> b.bucket("alpha"))
                .publicAccessBlockConfiguration()
                .blockPublicAcls())
        .isTrue();
    s3.deletePublicAccessBlock(b -> b.bucket("alpha"));
    s3.putObject(o -> o.bucket("alpha").key("a b/ü.txt"), RequestBody.fromString("text"));
    assertThat(s3.getObjectAsBytes(o -> o.bucket("alpha").key("a b/ü.txt")).asUtf8String())
        .isEqualTo("text");
    assertThat(s3.headObject(o -> o.bucket("alpha").key("a b/ü.txt")).contentLength()).isEqualTo(4);
    assertThat(s3.listObjectsV2(b -> b.bucket("alpha")).keyCount()).isEqualTo(1);
    s3.listBuckets();

    assertThat(names())
        .containsExactly(
            "s3:CreateBucket",
            "s3:HeadBucket",
            "s3:PutPublicAccessBlock",
            "s3:GetPublicAccessBlock",
            "s3:DeletePublicAccessBlock",
            "s3:PutObject",
            "s3:GetObject",
            "s3:HeadObject",
            "s3:ListObjectsV2",
            "s3:ListBuckets");
    assertThat(proxy.writes().stream().map(RecordedRequest::operation))
        .containsExactly(
            "CreateBucket", "PutPublicAccessBlock", "DeletePublicAccessBlock", "PutObject");
  }

  @Test
  void namesTheActionsOfIamAndEc2AndTheirParameters() {
    iam.updateAccountPasswordPolicy(p -> p.minimumPasswordLength(14));
    iam.getAccountPasswordPolicy();
    ec2.describeSecurityGroups();
    assertThatThrownBy(
            () ->
                ec2.createSecurityGroup(
                    g -> g.groupName("web").description("web servers").dryRun(true)))
        .isInstanceOf(AwsServiceException.class);

    assertThat(names())
        .containsExactly(
            "iam:UpdateAccountPasswordPolicy",
            "iam:GetAccountPasswordPolicy",
            "ec2:DescribeSecurityGroups",
            "ec2:CreateSecurityGroup");
    assertThat(proxy.requests().getLast().parameter("GroupDescription")).isEqualTo("web servers");
    assertThat(proxy.writes()).hasSize(1);
    assertThat(proxy.writes().getFirst().is("iam:UpdateAccountPasswordPolicy")).isTrue();
  }

  @Test
  void forgetsRequestsAndFaultsWhenCleared() {
    proxy.failAlways(request -> true, 500, "InternalError");
    assertThatThrownBy(s3::listBuckets).isInstanceOf(AwsServiceException.class);
    proxy.clear();
    assertThat(proxy.requests()).isEmpty();
    assertThatCode(s3::listBuckets).doesNotThrowAnyException();
  }

  @Test
  void refusesOneWriteInTheFormatOfS3AndLetsTheNextThrough() {
    createBucket("beta");
    proxy.failNext("PutBucketVersioning", 403, "AccessDenied");

    assertThat(error(() -> enableVersioning("beta"))).isEqualTo("403 AccessDenied");
    assertThat(s3.getBucketVersioning(b -> b.bucket("beta")).status()).isNull();
    enableVersioning("beta");
    assertThat(s3.getBucketVersioning(b -> b.bucket("beta")).status())
        .isEqualTo(BucketVersioningStatus.ENABLED);
  }

  @Test
  void answersErrorsInTheFormatOfEachService() {
    proxy.failNext("s3:ListBuckets", 503, "SlowDown");
    proxy.failNext("iam:GetAccountPasswordPolicy", 403, "AccessDenied");
    proxy.failNext("ec2:DescribeSecurityGroups", 503, "RequestLimitExceeded");
    proxy.failNext("s3control:GetPublicAccessBlock", 403, "AccessDenied");

    assertThat(error(s3::listBuckets)).isEqualTo("503 SlowDown");
    assertThat(error(iam::getAccountPasswordPolicy)).isEqualTo("403 AccessDenied");
    assertThat(error(ec2::describeSecurityGroups)).isEqualTo("503 RequestLimitExceeded");
    assertThat(error(() -> s3Control.getPublicAccessBlock(b -> b.accountId("123456789012"))))
        .isEqualTo("403 AccessDenied");
  }

  @Test
  void knowsThrottlingAsTheSdkDoes() {
    proxy.failAlways("iam:ListUsers", 400, "Throttling");
    for (int call = 0; call < 2; call++) {
      assertThat(serviceError(iam::listUsers).isThrottlingException()).isTrue();
    }
  }

  @Test
  void failsOnlyTheSecondOfTwoWrites() {
    proxy.fail(RecordedRequest::isWrite, 1, 1, new Fault.Answer(500, "InternalError"));
    createBucket("gamma");
    assertThat(error(() -> createBucket("delta"))).isEqualTo("500 InternalError");
    createBucket("epsilon");
    assertThat(s3.listBuckets().buckets())
        .extracting("name")
        .containsExactlyInAnyOrder("gamma", "epsilon");
  }

  @Test
  void dropsTheConnectionOfAnOperationOnly() {
    proxy.cutConnection("ListBuckets");
    assertThatThrownBy(s3::listBuckets).isInstanceOf(SdkClientException.class);
    assertThatCode(iam::listUsers).doesNotThrowAnyException();
  }

  @Test
  void isOutOfReachWhileDownAndKeepsItsAddress() {
    proxy.goDown();
    assertThatThrownBy(s3::listBuckets).isInstanceOf(SdkClientException.class);
    assertThat(proxy.requests()).isEmpty();
    proxy.comeBack();
    assertThatCode(s3::listBuckets).doesNotThrowAnyException();
  }

  @Test
  void runsAnActionRightBeforeTheNextMatchingRequestGoesOn() {
    createBucket("zeta");
    try (var direct = Clients.s3(account.endpoint())) {
      proxy.before("GetBucketVersioning", () -> suspend(direct, "zeta"));
      assertThat(s3.getBucketVersioning(b -> b.bucket("zeta")).status())
          .isEqualTo(BucketVersioningStatus.SUSPENDED);
      enableVersioning("zeta");
      assertThat(s3.getBucketVersioning(b -> b.bucket("zeta")).status())
          .isEqualTo(BucketVersioningStatus.ENABLED);
    }
  }

  private static void suspend(S3Client client, String bucket) {
    client.putBucketVersioning(
        b ->
            b.bucket(bucket)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.SUSPENDED)));
  }

  private static String error(Runnable call) {
    AwsServiceException error = serviceError(call);
    return error.statusCode() + " " + error.awsErrorDetails().errorCode();
  }

  private static AwsServiceException serviceError(Runnable call) {
    return catchThrowableOfType(AwsServiceException.class, call::run);
  }
}
