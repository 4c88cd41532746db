package dev.cloudmend.endpoint.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.endpoint.Sandbox;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

final class AccountTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/fixer";

  @TempDir private Path folder;

  @Test
  void switchesAreKeptOverARestartAndNothingIsSetToBeginWith() {
    try (var sandbox = Sandbox.start(folder);
        var ec2 = sandbox.client(Ec2Client::builder)) {
      assertThat(ec2.getSnapshotBlockPublicAccessState(g -> {}).stateAsString())
          .isEqualTo("unblocked");
      assertThat(ec2.getImageBlockPublicAccessState(g -> {}).imageBlockPublicAccessState())
          .isEqualTo("unblocked");
      assertThat(ec2.getInstanceMetadataDefaults(g -> {}).accountLevel().httpTokens()).isNull();

      assertThat(
              ec2.enableSnapshotBlockPublicAccess(e -> e.state("block-all-sharing"))
                  .stateAsString())
          .isEqualTo("block-all-sharing");
      ec2.enableImageBlockPublicAccess(e -> e.imageBlockPublicAccessState("block-new-sharing"));
      assertThat(
              ec2.modifyInstanceMetadataDefaults(
                      m -> m.httpTokens("required").httpPutResponseHopLimit(2))
                  .returnValue())
          .isTrue();
    }
    try (var sandbox = Sandbox.start(folder);
        var ec2 = sandbox.client(Ec2Client::builder)) {
      assertThat(ec2.getSnapshotBlockPublicAccessState(g -> {}).stateAsString())
          .isEqualTo("block-all-sharing");
      assertThat(ec2.getImageBlockPublicAccessState(g -> {}).imageBlockPublicAccessState())
          .isEqualTo("block-new-sharing");
      var metadata = ec2.getInstanceMetadataDefaults(g -> {}).accountLevel();
      assertThat(metadata.httpTokensAsString()).isEqualTo("required");
      assertThat(metadata.httpPutResponseHopLimit()).isEqualTo(2);
      assertThat(metadata.httpEndpoint()).isNull();

      ec2.disableSnapshotBlockPublicAccess(d -> {});
      ec2.disableImageBlockPublicAccess(d -> {});
      ec2.modifyInstanceMetadataDefaults(m -> m.httpTokens("no-preference"));
      assertThat(ec2.getSnapshotBlockPublicAccessState(g -> {}).stateAsString())
          .isEqualTo("unblocked");
      assertThat(ec2.getImageBlockPublicAccessState(g -> {}).imageBlockPublicAccessState())
          .isEqualTo("unblocked");
      assertThat(ec2.getInstanceMetadataDefaults(g -> {}).accountLevel().httpTokens()).isNull();
      assertThatThrownBy(() -> ec2.enableSnapshotBlockPublicAccess(e -> e.state("nonsense")))
          .hasMessageContaining("Invalid value");
      assertThatThrownBy(
              () -> ec2.modifyInstanceMetadataDefaults(m -> m.httpPutResponseHopLimit(65)))
          .hasMessageContaining("Invalid value");
      assertThatThrownBy(() -> ec2.disableImageBlockPublicAccess(d -> d.dryRun(true)))
          .hasMessageContaining("DryRun flag is set");
      assertThat(sandbox.endpoint().status().answeredHere())
          .contains("ec2:GetInstanceMetadataDefaults", "states:StartExecution", "sts:AssumeRole");
      assertThat(sandbox.endpoint().status().emulatorAlive()).isTrue();
    }
  }

  @Test
  void aRoleIsAssumedOnlyWhenItIsThereAndTakesTheExternalId() {
    try (var sandbox = Sandbox.start(folder);
        var iam = sandbox.client(IamClient::builder);
        var sts = sandbox.client(StsClient::builder)) {
      assertDenied(sts, null);
      iam.createRole(
          r ->
              r.roleName("fixer")
                  .assumeRolePolicyDocument(
                      """
                      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                        "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
                        "Action": "sts:AssumeRole",
                        "Condition": {"StringEquals": {"sts:ExternalId": "the-agreed-one"}}}]}
                      """));
      assertDenied(sts, null);
      assertDenied(sts, "another");
      String key =
          sts.assumeRole(a -> a.roleArn(ROLE).roleSessionName("s").externalId("the-agreed-one"))
              .credentials()
              .accessKeyId();
      try (var assumed = sandbox.client(StsClient::builder, key)) {
        assertThat(assumed.getCallerIdentity().arn())
            .isEqualTo("arn:aws:sts::123456789012:assumed-role/fixer/s");
      }
    }
  }

  @Test
  void tablesKeepWhatDynamoDbLocalForgets() {
    try (var sandbox = Sandbox.start(folder);
        var tables = sandbox.client(DynamoDbClient::builder)) {
      String arn =
          tables
              .createTable(
                  t ->
                      t.tableName("records")
                          .attributeDefinitions(
                              AttributeDefinition.builder()
                                  .attributeName("id")
                                  .attributeType(ScalarAttributeType.S)
                                  .build())
                          .keySchema(
                              KeySchemaElement.builder()
                                  .attributeName("id")
                                  .keyType(KeyType.HASH)
                                  .build())
                          .billingMode(BillingMode.PAY_PER_REQUEST)
                          .sseSpecification(e -> e.enabled(true))
                          .tags(Tag.builder().key("a").value("1").build()))
              .tableDescription()
              .tableArn();
      assertThat(arn).isEqualTo("arn:aws:dynamodb:us-east-1:123456789012:table/records");
      tables.tagResource(t -> t.resourceArn(arn).tags(Tag.builder().key("b").value("2").build()));
      tables.untagResource(u -> u.resourceArn(arn).tagKeys("a"));
      assertThat(tables.listTagsOfResource(l -> l.resourceArn(arn)).tags())
          .containsExactly(Tag.builder().key("b").value("2").build());
      assertThat(recovery(tables)).isEqualTo("DISABLED");
      tables.updateContinuousBackups(
          u ->
              u.tableName("records")
                  .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
      assertThat(recovery(tables)).isEqualTo("ENABLED");
      var described = tables.describeTable(d -> d.tableName(arn)).table();
      assertThat(described.sseDescription().statusAsString()).isEqualTo("ENABLED");
      assertThat(described.provisionedThroughput().readCapacityUnits()).isZero();
      assertThat(described.warmThroughput().readUnitsPerSecond()).isEqualTo(12_000);
      tables.updateTable(u -> u.tableName("records").sseSpecification(e -> e.enabled(false)));
      assertThat(tables.describeTable(d -> d.tableName("records")).table().sseDescription())
          .isNull();
      assertThatThrownBy(() -> tables.describeContinuousBackups(d -> d.tableName("missing")))
          .isInstanceOf(ResourceNotFoundException.class);
      tables.deleteTable(d -> d.tableName("records"));
      assertThatThrownBy(() -> tables.listTagsOfResource(l -> l.resourceArn(arn)))
          .isInstanceOf(ResourceNotFoundException.class);
    }
  }

  private static String recovery(DynamoDbClient tables) {
    return tables
        .describeContinuousBackups(d -> d.tableName("records"))
        .continuousBackupsDescription()
        .pointInTimeRecoveryDescription()
        .pointInTimeRecoveryStatusAsString();
  }

  private static void assertDenied(StsClient sts, @Nullable String externalId) {
    assertThatThrownBy(
            () -> sts.assumeRole(a -> a.roleArn(ROLE).roleSessionName("s").externalId(externalId)))
        .isInstanceOfSatisfying(
            StsException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(403);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
              assertThat(e.awsErrorDetails().errorMessage())
                  .isEqualTo(
                      "User: arn:aws:sts::123456789012:user/moto is not authorized to perform:"
                          + " sts:AssumeRole on resource: "
                          + ROLE);
            });
  }
}
