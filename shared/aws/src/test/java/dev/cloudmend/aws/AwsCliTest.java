package dev.cloudmend.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Pastes command lines into a shell, for the real AWS CLI, and looks at what they did in an
 * emulated account.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsCliTest {

  private static final String REGION = "us-east-1";

  private Moto moto;
  private WritingClients clients;

  @BeforeAll
  void start() throws IOException {
    assumeTrue(Moto.onPath("moto_server") && Moto.onPath("aws"), "needs moto_server and aws");
    moto = Moto.start();
    clients =
        WritingClients.open(
            new AwsConnection(Optional.of(moto.endpoint()), REGION, Optional.empty()));
  }

  @AfterAll
  void stop() throws IOException {
    if (moto != null) {
      clients.close();
      moto.close();
    }
  }

  @Test
  void blocksPublicAccess() throws Exception {
    write("s3", "CreateBucket", "{\"Bucket\": \"pasted\"}");

    paste(
        call(
            "s3",
            "PutPublicAccessBlock",
            """
            {"Bucket": "pasted", "PublicAccessBlockConfiguration": {"BlockPublicAcls": true,
             "IgnorePublicAcls": false, "BlockPublicPolicy": true, "RestrictPublicBuckets": false}}
            """));

    assertThat(read("s3", "GetPublicAccessBlock", "{\"Bucket\": \"pasted\"}"))
        .isEqualTo(
            Json.parse(
                """
                {"PublicAccessBlockConfiguration": {"BlockPublicAcls": true,
                 "IgnorePublicAcls": false, "BlockPublicPolicy": true, "RestrictPublicBuckets": false}}
                """));
  }

  @Test
  void hostileValuesArriveAsTheyAre() throws Exception {
    String vpc =
        write("ec2", "CreateVpc", "{\"CidrBlock\": \"10.0.0.0/16\"}").at("/Vpc/VpcId").asText();
    String hostile = "it's \"x\" $(touch pwned) `id` \\ \n line two\t% !! ä€😀 \u202e 'end'";
    ObjectNode parameters = Json.object();
    parameters.putArray("Resources").add(vpc);
    parameters.putArray("Tags").addObject().put("Key", "hostile").put("Value", hostile);

    paste(new ApiCall("ec2", "CreateTags", REGION, parameters));

    assertThat(
            read("ec2", "DescribeVpcs", "{\"VpcIds\": [\"" + vpc + "\"]}")
                .at("/Vpcs/0/Tags/0/Value")
                .asText())
        .isEqualTo(hostile);
  }

  @Test
  void revokesARuleByItsId() throws Exception {
    String group =
        write("ec2", "CreateSecurityGroup", "{\"GroupName\": \"g\", \"Description\": \"d\"}")
            .path("GroupId")
            .asText();
    String rule =
        write(
                "ec2",
                "AuthorizeSecurityGroupIngress",
                """
                {"GroupId": "%s", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
                  "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}
                """
                    .formatted(group))
            .at("/SecurityGroupRules/0/SecurityGroupRuleId")
            .asText();

    paste(
        call(
            "ec2",
            "RevokeSecurityGroupIngress",
            """
            {"GroupId": "%s", "SecurityGroupRuleIds": ["%s"]}
            """
                .formatted(group, rule)));

    assertThat(
            read("ec2", "DescribeSecurityGroups", "{\"GroupIds\": [\"" + group + "\"]}")
                .at("/SecurityGroups/0/IpPermissions"))
        .isEmpty();
  }

  @Test
  void setsThePasswordPolicyOfTheAccount() throws Exception {
    paste(
        new ApiCall(
            "iam",
            "UpdateAccountPasswordPolicy",
            Target.GLOBAL,
            Json.parseObject("{\"MinimumPasswordLength\": 17, \"RequireSymbols\": true}")));

    assertThat(
            clients
                .reader()
                .read(new ApiCall("iam", "GetAccountPasswordPolicy", Target.GLOBAL, Json.object()))
                .at("/PasswordPolicy/MinimumPasswordLength")
                .asInt())
        .isEqualTo(17);
  }

  @Test
  void readsWithS3controlAndStsToo() {
    String account = clients.reader().callerAccount();
    assertThat(account).isEqualTo("123456789012");

    String block = "\"PublicAccessBlockConfiguration\": {\"BlockPublicAcls\": true}";
    write(
        "s3control", "PutPublicAccessBlock", "{\"AccountId\": \"" + account + "\"," + block + "}");

    assertThat(
            read("s3control", "GetPublicAccessBlock", "{\"AccountId\": \"" + account + "\"}")
                .at("/PublicAccessBlockConfiguration/BlockPublicAcls")
                .asBoolean())
        .isTrue();
  }

  private void paste(ApiCall call) throws IOException, InterruptedException {
    var shell = new ProcessBuilder("sh", "-c", AwsCommandLine.of(call)).redirectErrorStream(true);
    shell.environment().put("AWS_ENDPOINT_URL", moto.endpoint().toString());
    shell.environment().put("AWS_DEFAULT_REGION", REGION);
    shell.environment().put("AWS_PAGER", "");
    Process process = shell.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private ObjectNode write(String service, String operation, String parameters) {
    return clients.writer().write(call(service, operation, parameters));
  }

  private ObjectNode read(String service, String operation, String parameters) {
    return clients.reader().read(call(service, operation, parameters));
  }

  private static ApiCall call(String service, String operation, String parameters) {
    return new ApiCall(service, operation, REGION, Json.parseObject(parameters));
  }
}
