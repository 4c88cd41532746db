package dev.cloudmend.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Target;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsCommandLineTest {

  @Test
  void namesOperationRegionAndParameters() {
    var call =
        new ApiCall(
            "s3",
            "PutPublicAccessBlock",
            "us-east-1",
            Json.parseObject(
                """
                {"Bucket": "b", "PublicAccessBlockConfiguration": {"BlockPublicAcls": true}}
                """));

    assertThat(AwsCommandLine.of(call))
        .isEqualTo(
            "aws s3api put-public-access-block --region us-east-1 --cli-input-json"
                + " '{\"Bucket\":\"b\",\"PublicAccessBlockConfiguration\":{\"BlockPublicAcls\":true}}'");
  }

  @Test
  void leavesOutTheRegionOfAGlobalServiceAndParametersThatAreNone() {
    assertThat(
            AwsCommandLine.of(
                new ApiCall("iam", "DeleteAccountPasswordPolicy", Target.GLOBAL, Json.object())))
        .isEqualTo("aws iam delete-account-password-policy");
  }

  @ParameterizedTest
  @CsvSource({
    "iam, CreateVirtualMFADevice, aws iam create-virtual-mfa-device",
    "iam, ListSAMLProviders, aws iam list-saml-providers",
    "iam, AddClientIDToOpenIDConnectProvider, aws iam add-client-id-to-open-id-connect-provider",
    "s3, ListObjectsV2, aws s3api list-objects-v2",
    "ec2, AssociateIpamByoasn, aws ec2 associate-ipam-byoasn",
    "ec2, DescribeIpv6Pools, aws ec2 describe-ipv6-pools",
    "s3control, GetPublicAccessBlock, aws s3control get-public-access-block"
  })
  void namesCommandsAsTheCliDoes(String service, String operation, String command) {
    assertThat(AwsCommandLine.of(new ApiCall(service, operation, Target.GLOBAL, Json.object())))
        .isEqualTo(command);
  }

  @Test
  void writesNothingThatCouldSteerATerminal() {
    var calls = new RandomCalls(new Random(1));
    for (int i = 0; i < 50; i++) {
      assertThat(AwsCommandLine.of(calls.call("ec2", "CreateTags"))).matches("[\\x20-\\x7e]+");
    }
  }

  @Test
  void refusesNamesThatAreNoneOfTheApi() {
    assertThatThrownBy(
            () -> AwsCommandLine.of(new ApiCall("s3", "x; rm -rf /", "$(id)", Json.object())))
        .isInstanceOf(AwsCallException.class)
        .hasMessageContaining("$.operation")
        .hasMessageContaining("$.region");
  }
}
