package dev.cloudmend.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.AttachClassicLinkVpcResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.DescribeFpgaImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.FpgaImage;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.iam.model.CreateVirtualMfaDeviceRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;

class ApiCallCodecTest {

  @Test
  void buildsTheRequestOfANestedStructure() {
    var request =
        (PutPublicAccessBlockRequest)
            ApiCallCodec.toRequest(
                call(
                    "s3",
                    "PutPublicAccessBlock",
                    """
                    {"Bucket": "b", "ExpectedBucketOwner": "123456789012",
                     "PublicAccessBlockConfiguration": {"BlockPublicAcls": true, "IgnorePublicAcls": false}}
                    """));

    assertThat(request.bucket()).isEqualTo("b");
    assertThat(request.expectedBucketOwner()).isEqualTo("123456789012");
    assertThat(request.publicAccessBlockConfiguration().blockPublicAcls()).isTrue();
    assertThat(request.publicAccessBlockConfiguration().ignorePublicAcls()).isFalse();
    assertThat(request.publicAccessBlockConfiguration().blockPublicPolicy()).isNull();
  }

  @Test
  void readsListsOfStructuresAndNumbers() {
    var request =
        (AuthorizeSecurityGroupIngressRequest)
            ApiCallCodec.toRequest(
                call(
                    "ec2",
                    "AuthorizeSecurityGroupIngress",
                    """
                    {"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
                      "IpRanges": [{"CidrIp": "10.0.0.0/8"}, {"CidrIp": "0.0.0.0/0", "Description": "d"}]}]}
                    """));

    assertThat(request.ipPermissions()).hasSize(1);
    assertThat(request.ipPermissions().getFirst().fromPort()).isEqualTo(22);
    assertThat(request.ipPermissions().getFirst().ipRanges().get(1).description()).isEqualTo("d");
  }

  @Test
  void readsTimesAndBlobs() {
    var lifecycle =
        (PutBucketLifecycleConfigurationRequest)
            ApiCallCodec.toRequest(
                call(
                    "s3",
                    "PutBucketLifecycleConfiguration",
                    """
                    {"Bucket": "b", "LifecycleConfiguration": {"Rules": [{"Status": "Enabled", "Filter": {},
                      "Expiration": {"Date": "2026-01-31T00:00:00Z"}}]}}
                    """));
    var key =
        (ImportKeyPairRequest)
            ApiCallCodec.toRequest(
                call(
                    "ec2",
                    "ImportKeyPair",
                    "{\"KeyName\": \"k\", \"PublicKeyMaterial\": \"aGk=\"}"));

    assertThat(lifecycle.lifecycleConfiguration().rules().getFirst().expiration().date())
        .isEqualTo("2026-01-31T00:00:00Z");
    assertThat(key.publicKeyMaterial().asUtf8String()).isEqualTo("hi");
  }

  @ParameterizedTest
  @CsvSource({
    "iam, CreateVirtualMFADevice, {\"VirtualMFADeviceName\": \"m\"}",
    "iam, GetSSHPublicKey, '{\"UserName\": \"u\", \"SSHPublicKeyId\": \"k\", \"Encoding\": \"PEM\"}'",
    "iam, ListSAMLProviders, {}",
    "iam, AddClientIDToOpenIDConnectProvider, '{\"OpenIDConnectProviderArn\": \"a\", \"ClientID\": \"c\"}'"
  })
  void findsOperationsThatTheSdkSpellsOtherwise(String service, String operation, String json) {
    ApiCall call = call(service, operation, json);

    assertThat(ApiCallCodec.toCall(ApiCallCodec.toRequest(call), call.region())).isEqualTo(call);
  }

  @Test
  void doesNotTakeTheSdksOwnSpelling() {
    assertThat(CreateVirtualMfaDeviceRequest.class).isNotNull();
    assertThat(problems("iam", "CreateVirtualMfaDevice", "{\"VirtualMFADeviceName\": \"m\"}"))
        .contains("$.operation: 'CreateVirtualMfaDevice' is not an operation of iam");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // unknown members, at any level
        "s3|PutPublicAccessBlock|{\"Bucket\":\"b\",\"PublicAccessBlockConfiguration\":{\"BlockPublicAcl\":true}}"
            + "|$.parameters.PublicAccessBlockConfiguration.BlockPublicAcl: is not a member; expected one of BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets",
        "s3|GetBucketAcl|{\"Bucket\":\"b\",\"bucket\":\"b\"}|$.parameters.bucket: is not a member; expected one of Bucket, ExpectedBucketOwner",
        "ec2|CreateTags|{\"Resources\":[\"r\"],\"Tags\":[{\"Key\":\"k\"},{\"Ky\":\"k\"}]}|$.parameters.Tags[1].Ky: is not a member; expected one of Key, Value",
        // missing members
        "s3|PutPublicAccessBlock|{\"Bucket\":\"b\"}|$.parameters: misses the required member PublicAccessBlockConfiguration",
        "s3|PutBucketTagging|{\"Bucket\":\"b\",\"Tagging\":{\"TagSet\":[{\"Key\":\"k\"}]}}|$.parameters.Tagging.TagSet[0]: misses the required member Value",
        "iam|AttachUserPolicy|{\"PolicyArn\":\"p\"}|$.parameters: misses the required member UserName",
        "iam|CreateUser|{\"UserName\":\"u\",\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"},{\"Key\":\"k\"}]}|$.parameters.Tags[1]: misses the required member Value",
        "s3control|PutPublicAccessBlock|{\"AccountId\":\"1\"}|$.parameters: misses the required member PublicAccessBlockConfiguration",
        "ec2|RevokeSecurityGroupIngress|{\"SecurityGroupRuleIds\":[\"r\"]}|$.parameters: misses the required member GroupId or GroupName",
        "ec2|RevokeSecurityGroupIngress|{\"GroupId\":\"g\"}|$.parameters: misses the required member SecurityGroupRuleIds or IpPermissions",
        // types
        "s3|PutPublicAccessBlock|{\"Bucket\":\"b\",\"PublicAccessBlockConfiguration\":{\"BlockPublicAcls\":\"true\"}}"
            + "|$.parameters.PublicAccessBlockConfiguration.BlockPublicAcls: expected true or false, not of type string",
        "s3|PutPublicAccessBlock|{\"Bucket\":\"b\",\"PublicAccessBlockConfiguration\":[]}|$.parameters.PublicAccessBlockConfiguration: expected an object, not of type array",
        "s3|GetBucketAcl|{\"Bucket\":7}|$.parameters.Bucket: expected a string, not of type number",
        "iam|UpdateAccountPasswordPolicy|{\"MinimumPasswordLength\":14.5}|$.parameters.MinimumPasswordLength: expected a whole number of 32 bits, not of type number",
        "iam|UpdateAccountPasswordPolicy|{\"MinimumPasswordLength\":4294967296}|$.parameters.MinimumPasswordLength: expected a whole number of 32 bits, not of type number",
        "ec2|CreateTags|{\"Resources\":\"r\",\"Tags\":[{\"Key\":\"k\"}]}|$.parameters.Resources: expected a list, not of type string",
        "ec2|ImportKeyPair|{\"KeyName\":\"k\",\"PublicKeyMaterial\":\"?\"}|$.parameters.PublicKeyMaterial: expected a base64 string",
        "s3|PutBucketVersioning|{\"Bucket\":\"b\",\"VersioningConfiguration\":{\"Status\":\"On\"}}"
            + "|$.parameters.VersioningConfiguration.Status: 'On' is not a known value; expected one of Enabled, Suspended",
        "s3|PutBucketNotificationConfiguration|{\"Bucket\":\"b\",\"NotificationConfiguration\":{\"QueueConfigurations\":[{\"QueueArn\":\"q\",\"Events\":[\"s3:Nothing\"]}]}}"
            + "|$.parameters.NotificationConfiguration.QueueConfigurations[0].Events[0]: 's3:Nothing' is not a known value",
        // what EC2's protocol would drop in silence
        "ec2|RevokeSecurityGroupIngress|{\"GroupId\":\"g\",\"SecurityGroupRuleIds\":[]}|$.parameters.SecurityGroupRuleIds: expected a list with elements, or no such member, not an empty list",
        "ec2|RevokeSecurityGroupIngress|{\"GroupId\":\"g\",\"SecurityGroupRuleIds\":[\"a\",null]}|$.parameters.SecurityGroupRuleIds[1]: expected a string, not null",
        "s3|GetBucketAcl|{\"Bucket\":null}|$.parameters.Bucket: expected a string, not null",
        // names
        "s3|PutPublicAccesBlock|{}|$.operation: 'PutPublicAccesBlock' is not an operation of s3",
        "s3|PutObject|{}|$.operation: 'PutObject' is not an operation of s3 that can be made from data",
        "s4|PutObject|{}|$.service: 's4' is not a known service; expected one of ec2, iam, s3, s3control, sts",
      })
  void namesThePathAndWhatWasExpected(
      String service, String operation, String parameters, String problem) {
    assertThat(problems(service, operation, parameters)).contains(problem);
  }

  @Test
  void tellsAllProblemsOfACallAtOnce() {
    assertThat(
            problems(
                "s3",
                "PutBucketVersioning",
                """
                {"Bukket": "b", "VersioningConfiguration": {"Status": "On", "MFADelete": 1}}
                """))
        .contains("$.parameters.Bukket")
        .contains("$.parameters: misses the required member Bucket")
        .contains("$.parameters.VersioningConfiguration.Status")
        .contains("$.parameters.VersioningConfiguration.MFADelete");
  }

  @Test
  void doesNotRepeatAValueOfTheWrongType() {
    assertThat(problems("iam", "ChangePassword", "{\"OldPassword\": 123454321}"))
        .contains("$.parameters.OldPassword")
        .doesNotContain("123454321");
  }

  @Test
  void refusesARegionThatWouldEndUpInAHostName() {
    var call = new ApiCall("s3", "ListBuckets", "evil.example/#", Json.object());

    assertThatThrownBy(() -> ApiCallCodec.toRequest(call))
        .isInstanceOf(AwsCallException.class)
        .hasMessageContaining("$.region");
  }

  @Test
  void leavesOutOfAResponseWhatIsUnset() {
    assertThat(ApiCallCodec.toJson(DescribeSecurityGroupRulesResponse.builder().build())).isEmpty();
    assertThat(
            ApiCallCodec.toJson(
                GetPublicAccessBlockResponse.builder()
                    .publicAccessBlockConfiguration(c -> c.blockPublicAcls(true))
                    .build()))
        .isEqualTo(Json.parse("{\"PublicAccessBlockConfiguration\": {\"BlockPublicAcls\": true}}"));
  }

  @Test
  void namesTheMembersThatTheSdkRenamesAsTheApiDoes() {
    assertThat(
            ApiCallCodec.toJson(AttachClassicLinkVpcResponse.builder().returnValue(true).build()))
        .isEqualTo(Json.parse("{\"Return\": true}"));
    assertThat(
            ApiCallCodec.toJson(
                DescribeImagesResponse.builder()
                    .images(Image.builder().publicLaunchPermissions(true).build())
                    .build()))
        .isEqualTo(Json.parse("{\"Images\": [{\"Public\": true}]}"));
    assertThat(
            ApiCallCodec.toJson(
                DescribeFpgaImagesResponse.builder()
                    .fpgaImages(FpgaImage.builder().isPublic(true).build())
                    .build()))
        .isEqualTo(Json.parse("{\"FpgaImages\": [{\"Public\": true}]}"));
  }

  @Test
  void makesTheCallOfARequest() {
    var request =
        RevokeSecurityGroupIngressRequest.builder()
            .groupId("sg-1")
            .securityGroupRuleIds("sgr-1", "sgr-2")
            .build();

    assertThat(ApiCallCodec.toCall(request, "eu-west-1"))
        .isEqualTo(
            new ApiCall(
                "ec2",
                "RevokeSecurityGroupIngress",
                "eu-west-1",
                Json.parseObject(
                    """
                    {"GroupId": "sg-1", "SecurityGroupRuleIds": ["sgr-1", "sgr-2"]}
                    """)));
  }

  @Test
  void makesUpNoIdempotencyTokenThatWouldChangeTheHashOfAChange() {
    ApiCall call =
        call(
            "ec2",
            "CreateLaunchTemplateVersion",
            """
        {"LaunchTemplateId": "lt-1", "LaunchTemplateData": {}}
        """);

    assertThat(ApiCallCodec.toCall(ApiCallCodec.toRequest(call), "us-east-1")).isEqualTo(call);
  }

  private static ApiCall call(String service, String operation, String parameters) {
    return new ApiCall(service, operation, "us-east-1", Json.parseObject(parameters));
  }

  private static String problems(String service, String operation, String parameters) {
    AwsCallException e =
        catchThrowableOfType(
            AwsCallException.class, () -> ApiCallCodec.check(call(service, operation, parameters)));
    assertThat(e).as("%s %s", operation, parameters).isNotNull();
    assertThat(e.kind()).isEqualTo(AwsCallException.Kind.INVALID_CALL);
    return String.valueOf(e.getMessage());
  }
}
