package dev.cloudmend.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records in the shapes that CloudTrail's and the services' documentation show. */
class CloudTrailSourceTest {

  private static final String OWN = "arn:aws:iam::123456789012:role/cloudmend-remediator";
  private static final Intake INTAKE =
      new Intake(Catalogue.standard(), Set.of(OWN), Set.of(Samples.TRUSTED));

  static Stream<Arguments> changes() {
    String bucket = "arn:aws:s3:::reports";
    String group = "arn:aws:ec2:us-east-1:123456789012:security-group/sg-1";
    return Stream.of(
        Arguments.of(
            "CreateBucket",
            "s3",
            """
            {"bucketName":"reports","x-amz-acl":"public-read","x-amz-object-ownership":"ObjectWriter",
             "CreateBucketConfiguration":{"LocationConstraint":"eu-west-1"}}""",
            bucket),
        Arguments.of(
            "CreateBucket",
            "s3",
            """
            {"bucketName":"reports","x-amz-grant-read":"uri=http://acs.amazonaws.com/groups/global/AllUsers"}""",
            bucket),
        Arguments.of(
            "PutBucketPolicy",
            "s3",
            """
            {"bucketName":"reports","Host":"reports.s3.amazonaws.com","policy":"",
             "bucketPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
               "Action":["s3:GetObject"],"Resource":["arn:aws:s3:::reports/*"]}]}}""",
            bucket),
        Arguments.of(
            "DeleteBucketPolicy",
            "s3",
            """
            {"bucketName":"reports","policy":[""]}""",
            bucket),
        Arguments.of(
            "PutBucketPublicAccessBlock",
            "s3",
            """
            {"bucketName":"reports","publicAccessBlock":"","PublicAccessBlockConfiguration":{"xmlns":
              "http://s3.amazonaws.com/doc/2006-03-01/","RestrictPublicBuckets":false,"BlockPublicPolicy":false,
              "BlockPublicAcls":false,"IgnorePublicAcls":false}}""",
            bucket),
        Arguments.of(
            "DeleteBucketPublicAccessBlock",
            "s3",
            """
            {"bucketName":"reports","publicAccessBlock":""}""",
            bucket),
        Arguments.of(
            "PutBucketVersioning",
            "s3",
            """
            {"bucketName":"reports","versioning":"","VersioningConfiguration":{"Status":"Suspended"}}""",
            bucket),
        Arguments.of(
            "PutBucketEncryption",
            "s3",
            """
            {"bucketName":"reports","encryption":"","ServerSideEncryptionConfiguration":{"Rule":
              {"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}}}""",
            bucket),
        Arguments.of(
            "DeleteBucketEncryption",
            "s3",
            """
            {"bucketName":"reports","encryption":""}""",
            bucket),
        Arguments.of(
            "AuthorizeSecurityGroupIngress",
            "ec2",
            """
            {"groupId":"sg-1","ipPermissions":{"items":[{"ipProtocol":"-1","groups":{},
              "ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]},"ipv6Ranges":{},"prefixListIds":{}}]}}""",
            group),
        Arguments.of(
            "AuthorizeSecurityGroupIngress",
            "ec2",
            """
            {"groupId":"sg-1","ipPermissions":{},"cidrIp":"0.0.0.0/0","fromPort":22,"toPort":22}""",
            group),
        Arguments.of(
            "ModifySecurityGroupRules",
            "ec2",
            """
            {"ModifySecurityGroupRulesRequest":{"GroupId":"sg-1","SecurityGroupRule":{"tag":1,
              "SecurityGroupRuleId":"sgr-1","SecurityGroupRule":{"IpProtocol":-1,"CidrIpv4":"0.0.0.0/0"}}}}""",
            group),
        Arguments.of(
            "UpdateAccountPasswordPolicy",
            "iam",
            """
            {"requireSymbols":false,"requireNumbers":false,"minimumPasswordLength":6,"hardExpiry":false}""",
            "arn:aws:iam::123456789012:root"),
        Arguments.of(
            "DeleteAccountPasswordPolicy", "iam", "null", "arn:aws:iam::123456789012:root"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aWriteIsLookedAtOnTheResourceThatItNames(
      String name, String service, String request, String arn) {
    List<Incident> incidents = incidents(event(service, name, request));

    assertThat(incidents)
        .extracting(Incident::playbook)
        .isEqualTo(Catalogue.standard().byTrigger(name).stream().map(p -> p.info().id()).toList());
    assertThat(arn(incidents.getFirst())).isEqualTo(arn);
    assertThat(incidents.getFirst().outcome()).isNull();
  }

  @Test
  void everyTriggerOfTheCatalogueIsTriedHere() {
    assertThat(changes().map(change -> change.get()[0]).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Catalogue.standard().playbooks().stream()
                .flatMap(playbook -> playbook.info().triggers().stream())
                .distinct()
                .toList());
  }

  @Test
  void aGroupThatACallNamesIsKnownByTheAnswersRules() {
    ObjectNode event =
        event(
            "ec2", "AuthorizeSecurityGroupIngress", "{\"groupName\":\"web\",\"ipPermissions\":{}}");
    answer(
        event,
        """
        {"requestId":"r","_return":true,"securityGroupRuleSet":{"items":[{"groupOwnerId":"123456789012",
         "groupId":"sg-9","securityGroupRuleId":"sgr-1","isEgress":false,"ipProtocol":"-1","fromPort":-1,
         "toPort":-1,"cidrIpv6":"::/0"}]}}""");
    assertThat(arn(only(event))).endsWith("security-group/sg-9");

    answer(event, "{\"_return\":true,\"securityGroupRuleSet\":{}}");
    assertThat(only(event).outcome()).isEqualTo(Outcome.UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:s3:us-east-1:123456789012:accesspoint/open",
        "../reports",
        "reports/x",
        "",
        "a b"
      })
  void whatIsNoBucketsNameIsNotTakenForOne(String name) {
    ObjectNode event = event("s3", "PutBucketPolicy", "{}");
    ((ObjectNode) event.at("/detail/requestParameters")).put("bucketName", name);

    assertThat(only(event).outcome()).isEqualTo(Outcome.UNSUPPORTED);
  }

  @Test
  void aCallOfThatNameToAnotherServiceIsNoTrigger() {
    ObjectNode event = event("lightsail", "CreateBucket", "{\"bucketName\":\"reports\"}");

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
  }

  @Test
  void anAclsChangeIsKeptAsItWasAskedForAlsoWhereNoPlaybookLooks() {
    Incident canned =
        only(event("s3", "PutBucketAcl", "{\"bucketName\":\"b\",\"x-amz-acl\":[\"public-read\"]}"));
    Incident grants =
        only(
            event(
                "s3",
                "PutBucketAcl",
                """
                {"bucketName":"b","AccessControlPolicy":{"AccessControlList":{"Grant":[{"Grantee":
                  {"URI":"http://acs.amazonaws.com/groups/global/AllUsers"},"Permission":"READ"}]}}}"""));

    assertThat(canned.outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(arn(canned)).isEqualTo("arn:aws:s3:::b");
    assertThat(canned.finding().facts().at("/requestParameters/x-amz-acl/0").asText())
        .isEqualTo("public-read");
    assertThat(
            grants
                .finding()
                .facts()
                .at("/requestParameters/AccessControlPolicy/AccessControlList/Grant/0/Permission")
                .asText())
        .isEqualTo("READ");
  }

  @Test
  void policyDocumentsOfIamAreReadableAlsoWhereTheyAreUrlEncoded() {
    ObjectNode event = event("iam", "UpdateAccountPasswordPolicy", "{\"policyDocument\":\"{}\"}");
    answer(
        event,
        """
        {"policyVersion":{"document":"%7B%22Version%22%3A%222012-10-17%22%7D"},
         "role":{"assumeRolePolicyDocument":"%7B%2"},"other":{"document":7}}""");

    JsonNode facts = only(event).finding().facts();
    assertThat(facts.at("/requestParameters/policyDocument").asText()).isEqualTo("{}");
    assertThat(facts.at("/responseElements/policyVersion/document").asText())
        .isEqualTo("{\"Version\":\"2012-10-17\"}");
    assertThat(facts.at("/responseElements/role/assumeRolePolicyDocument").asText())
        .isEqualTo("%7B%2");
    assertThat(facts.at("/responseElements/other/document").asInt()).isEqualTo(7);
    assertThat(event.at("/detail/responseElements/policyVersion/document").asText())
        .startsWith("%7B");
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1,arn:aws:s3:::b,arn:aws:iam::123456789012:root",
    "us-gov-west-1,arn:aws-us-gov:s3:::b,arn:aws-us-gov:iam::123456789012:root",
    "cn-north-1,arn:aws-cn:s3:::b,arn:aws-cn:iam::123456789012:root"
  })
  void thePartitionIsTheRegions(String region, String bucket, String account) {
    ObjectNode s3 = event("s3", "PutBucketVersioning", "{\"bucketName\":\"b\"}");
    ((ObjectNode) s3.get("detail")).put("awsRegion", region);
    ObjectNode iam = event("iam", "DeleteAccountPasswordPolicy", "null");
    ((ObjectNode) iam.get("detail")).put("awsRegion", region);

    assertThat(arn(only(s3))).isEqualTo(bucket);
    assertThat(arn(only(iam))).isEqualTo(account);
    assertThat(Objects.requireNonNull(only(iam).finding().resource()).region()).isEqualTo(region);
  }

  static Stream<Arguments> identities() {
    return Stream.of(
        Arguments.of(
            """
            {"type":"Root","principalId":"123456789012","arn":"arn:aws:iam::123456789012:root",
             "accountId":"123456789012","accessKeyId":"",
             "sessionContext":{"attributes":{"mfaAuthenticated":"true"}}}""",
            "arn:aws:iam::123456789012:root",
            null),
        Arguments.of(
            """
            {"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::123456789012:user/Alice",
             "accountId":"123456789012","accessKeyId":"","userName":"Alice"}""",
            "arn:aws:iam::123456789012:user/Alice",
            null),
        Arguments.of(
            """
            {"type":"AssumedRole","principalId":"AROAEXAMPLE:jane",
             "arn":"arn:aws:sts::123456789012:assumed-role/Dev/jane","accountId":"123456789012",
             "sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE",
               "arn":"arn:aws:iam::123456789012:role/team/Dev","accountId":"123456789012","userName":"Dev"},
               "webIdFederationData":{},"attributes":{"creationDate":"20131102T010628Z"}}}""",
            "arn:aws:sts::123456789012:assumed-role/Dev/jane",
            "arn:aws:iam::123456789012:role/team/Dev"),
        Arguments.of(
            """
            {"type":"FederatedUser","principalId":"123456789012:Alice",
             "arn":"arn:aws:sts::123456789012:federated-user/Alice","accountId":"123456789012",
             "sessionContext":{"sessionIssuer":{"type":"IAMUser","principalId":"AIDAEXAMPLE",
               "arn":"arn:aws:iam::123456789012:user/Alice","userName":"Alice"}}}""",
            "arn:aws:sts::123456789012:federated-user/Alice",
            null),
        Arguments.of(
            """
            {"type":"SAMLUser","principalId":"SampleUkh1i4x3JyEXAMPLE:jane","userName":"jane",
             "identityProvider":"bdGOnTesti4+EXAMPLE="}""",
            "jane",
            null),
        Arguments.of(
            """
            {"type":"WebIdentityUser","principalId":"accounts.google.com:app.example:user-7",
             "userName":"user-7","identityProvider":"accounts.google.com"}""",
            "user-7",
            null),
        Arguments.of(
            """
            {"type":"AWSService","invokedBy":"autoscaling.amazonaws.com"}""",
            "autoscaling.amazonaws.com",
            null),
        Arguments.of(
            """
            {"type":"AWSAccount","principalId":"AROAEXAMPLE:jane","accountId":"444455556666"}""",
            "account 444455556666",
            null),
        Arguments.of(
            """
            {"type":"IdentityCenterUser","arn":"","accountId":"123456789012","accessKeyId":"",
             "onBehalfOf":{"userId":"544894e8-80c1-707f-60e3-3ba6510dfac1",
               "identityStoreArn":"arn:aws:identitystore::123456789012:identitystore/d-1"},
             "credentialId":"EXAMPLEVHULjJdTUdPJfofVa1sufHDoj7aYcOYcxFVllWR"}""",
            "544894e8-80c1-707f-60e3-3ba6510dfac1",
            null),
        Arguments.of(
            """
            {"type":"Directory","userName":"jane"}""",
            "jane",
            null),
        Arguments.of(
            """
            {"type":"Unknown","principalId":"p-1"}""",
            "p-1",
            null),
        Arguments.of("{\"type\":\"Unknown\"}", "Unknown", null),
        Arguments.of("{}", "Unknown", null),
        Arguments.of("{\"type\":7,\"arn\":[]}", "Unknown", null));
  }

  @ParameterizedTest
  @MethodSource("identities")
  void whoeverCalledIsNamedAndTheirRoleOnlyWhereThereIsOne(
      String identity, String principal, String role) {
    ObjectNode event = event("s3", "PutBucketVersioning", "{\"bucketName\":\"b\"}");
    ((ObjectNode) event.get("detail")).set("userIdentity", Json.parse(identity));

    Finding.Actor actor = Objects.requireNonNull(only(event).finding().actor());
    assertThat(actor.principal()).isEqualTo(principal);
    assertThat(actor.role()).isEqualTo(role);
    assertThat(only(event).outcome()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/detail/userIdentity/arn",
        "/detail/userIdentity/userName",
        "/detail/userIdentity/principalId",
        "/detail/userIdentity/invokedBy",
        "/detail/userIdentity/sessionContext/sessionIssuer/userName",
        "/detail/userIdentity/sessionContext/sessionIssuer/principalId",
        "/detail/sourceIPAddress",
        "/detail/userAgent"
      })
  void ownChangesAreKnownByTheIssuersArnAlone(String pointer) {
    ObjectNode event = event("s3", "PutBucketVersioning", "{\"bucketName\":\"b\"}");
    int last = pointer.lastIndexOf('/');
    ((ObjectNode) event.at(pointer.substring(0, last))).put(pointer.substring(last + 1), OWN);
    assertThat(only(event).outcome()).isNull();

    ((ObjectNode) event.at("/detail/userIdentity/sessionContext/sessionIssuer")).put("arn", OWN);
    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains("own change");
  }

  @ParameterizedTest
  @CsvSource({
    "APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.80.0,Terraform",
    "aws-sdk-go/1.29.7 (go1.13.7; darwin; amd64) APN/1.0 HashiCorp/1.0 Terraform/0.12.24,Terraform",
    "APN/1.0 HashiCorp/1.0 OpenTofu/1.6.0,OpenTofu",
    "APN/1.0 Pulumi/1.0 PulumiAwsNative/1.12,Pulumi",
    "aws-cdk/2.100.0 aws-sdk-js/2.1450.0,AWS CDK",
    "cloudformation.amazonaws.com,CloudFormation",
    "aws-cli/2.31.0,",
    "terraformer/1,",
    "console.ec2.amazonaws.com,"
  })
  void theToolThatKeepsAResourceIsNamedWithAWarningAndDecidesNothing(String agent, String tool) {
    ObjectNode event = event("s3", "PutBucketVersioning", "{\"bucketName\":\"b\"}");
    String without = only(event).incidentId();
    ((ObjectNode) event.get("detail")).put("userAgent", agent);

    Incident incident = only(event);
    JsonNode managed = incident.finding().facts().path("managedBy");
    assertThat(managed.path("tool").textValue()).isEqualTo(tool);
    assertThat(managed.path("warning").textValue())
        .isEqualTo(tool == null ? null : "the next apply may revert a live fix");
    assertThat(incident.incidentId()).isEqualTo(without);
    assertThat(incident.playbook()).isEqualTo("s3-bucket-versioning");
    assertThat(incident.outcome()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/detail/userIdentity/invokedBy", "/detail/sourceIPAddress"})
  void cloudFormationIsAlsoKnownByWhatAwsWrites(String pointer) {
    ObjectNode event = event("s3", "PutBucketVersioning", "{\"bucketName\":\"b\"}");
    int last = pointer.lastIndexOf('/');
    ((ObjectNode) event.at(pointer.substring(0, last)))
        .put(pointer.substring(last + 1), "cloudformation.amazonaws.com");

    assertThat(only(event).finding().facts().at("/managedBy/tool").asText())
        .isEqualTo("CloudFormation");
  }

  private static List<Incident> incidents(ObjectNode event) {
    return INTAKE.read(event, RunOptions.NONE).resources().stream()
        .flatMap(resource -> resource.incidents().stream())
        .toList();
  }

  private static Incident only(ObjectNode event) {
    assertThat(incidents(event)).hasSize(1);
    return incidents(event).getFirst();
  }

  private static String arn(Incident incident) {
    return Objects.requireNonNull(incident.finding().resource()).arn().toString();
  }

  private static void answer(ObjectNode event, String answer) {
    ((ObjectNode) event.get("detail")).set("responseElements", Json.parse(answer));
  }

  private static ObjectNode event(String service, String name, String parameters) {
    ObjectNode event =
        Json.parseObject(
            """
            {"version":"0","id":"e-2","detail-type":"AWS API Call via CloudTrail",
             "account":"123456789012","time":"2026-11-20T10:00:00Z","region":"us-east-1","resources":[],
             "detail":{"eventVersion":"1.11","awsRegion":"us-east-1","recipientAccountId":"123456789012",
               "sourceIPAddress":"203.0.113.17","userAgent":"aws-cli/2",
               "userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::123456789012:assumed-role/Dev/jane",
                 "sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::123456789012:role/Dev"}}}}}
            """);
    event.put("source", "aws." + service);
    ((ObjectNode) event.get("detail"))
        .put("eventSource", service + ".amazonaws.com")
        .put("eventName", name)
        .set("requestParameters", Json.parse(parameters));
    return event;
  }
}
