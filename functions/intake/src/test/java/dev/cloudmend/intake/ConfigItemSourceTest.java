package dev.cloudmend.intake;

import static dev.cloudmend.intake.Samples.incidents;
import static dev.cloudmend.intake.Samples.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.intake.UnreadableEventException.EventProblem;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigItemSourceTest {

  private final ObjectNode event =
      Json.parseObject(
          """
          {"version":"0","id":"e-1","detail-type":"Config Configuration Item Change","source":"aws.config",
           "account":"123456789012","time":"2026-11-20T10:00:00Z","region":"eu-west-1","resources":[],
           "detail":{"recordVersion":"1.3","messageType":"ConfigurationItemChangeNotification",
             "notificationCreationTime":"2026-11-20T10:00:00.000Z",
             "configurationItemDiff":{"changedProperties":{},"changeType":"UPDATE"},
             "configurationItem":{"configurationItemVersion":"1.3","configurationItemStatus":"OK",
               "configurationItemCaptureTime":"2026-11-20T09:59:58.000Z","configurationStateId":1795168680000,
               "awsAccountId":"123456789012","awsRegion":"eu-west-1","availabilityZone":"Regional",
               "resourceType":"AWS::S3::Bucket","resourceId":"reports","resourceName":"reports",
               "ARN":"arn:aws:s3:::reports","tags":{},"relatedEvents":[],"relationships":[],
               "configuration":{"name":"reports"},"supplementaryConfiguration":{}}}}
          """);
  private final ObjectNode detail = (ObjectNode) event.get("detail");
  private final ObjectNode item = (ObjectNode) detail.get("configurationItem");

  @Test
  void aChangedBucketIsLookedAtByAllPlaybooksForBuckets() {
    assertThat(incidents(event))
        .extracting(Incident::playbook)
        .containsExactly(
            "s3-bucket-block-public-access",
            "s3-bucket-tls-only",
            "s3-bucket-default-encryption",
            "s3-bucket-versioning");
    Incident first = incidents(event).getFirst();
    assertThat(first.outcome()).isNull();
    assertThat(first.finding().title()).isEqualTo("AWS::S3::Bucket reports changed");
    assertThat(first.finding().facts().path("changeType").asText()).isEqualTo("UPDATE");
    assertThat(first.finding().facts().has("configuration")).isFalse();
  }

  @Test
  void anItemThatWasTooLargeIsReadFromItsSummary() {
    detail.put("messageType", "OversizedConfigurationItemChangeNotification");
    detail.set("configurationItemSummary", detail.remove("configurationItem"));
    detail.putObject("s3DeliverySummary").put("s3BucketLocation", "logs/AWSLogs/…");

    assertThat(incidents(event)).hasSize(4);
    assertThat(arn()).isEqualTo("arn:aws:s3:::reports");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ResourceDeleted", "ResourceDeletedNotRecorded"})
  void aDeletedResourceIsIgnored(String status) {
    item.put("configurationItemStatus", status);

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OK", "ResourceDiscovered", "ResourceNotRecorded"})
  void aResourceThatIsThereIsLookedAt(String status) {
    item.put("configurationItemStatus", status);

    assertThat(incidents(event)).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "AWS::EC2::SecurityGroup,sg-1,,eu-west-1,arn:aws:ec2:eu-west-1:123456789012:security-group/sg-1",
    "AWS::S3::Bucket,reports,,eu-west-1,arn:aws:s3:::reports",
    "AWS::IAM::User,AIDAEXAMPLEEXAMPLE123,jane,global,arn:aws:iam::123456789012:user/jane",
    "AWS::IAM::User,AIDAEXAMPLEEXAMPLE123,,global,arn:aws:iam::123456789012:user/AIDAEXAMPLEEXAMPLE123",
    "AWS::IAM::Policy,ANPAEXAMPLEEXAMPLE123,deploy,global,arn:aws:iam::123456789012:policy/deploy"
  })
  void withoutAnArnItIsKnownByItsIdAndInIamByItsNameWhereThatIsThere(
      String type, String id, String name, String region, String arn) {
    item.remove("ARN");
    item.put("resourceType", type).put("resourceId", id).put("resourceName", name);
    item.put("awsRegion", region);

    assertThat(arn()).isEqualTo(arn);
  }

  @Test
  void aUniqueIdInTheNamesPlaceIsSaidToBeOne() {
    item.remove("ARN");
    item.put("resourceType", "AWS::IAM::User").put("resourceId", "AIDAEXAMPLEEXAMPLE123");
    item.remove("resourceName");

    assertThat(only(event).finding().facts().path("uniqueId").asText())
        .isEqualTo("AIDAEXAMPLEEXAMPLE123");
  }

  @Test
  void aResourceThatNoPlaybookLooksAtIsIgnored() {
    item.put("resourceType", "AWS::SQS::Queue")
        .put("ARN", "arn:aws:sqs:eu-west-1:123456789012:jobs");

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).isEqualTo("no playbook looks at an AWS::SQS::Queue");
  }

  @Test
  void anotherAccountNeedsATrustedSender() {
    item.put("awsAccountId", "111122223333");
    assertThat(incidents(event)).allMatch(i -> i.outcome() == Outcome.IGNORED);

    event.put("account", Samples.TRUSTED);
    assertThat(incidents(event)).allMatch(i -> i.outcome() == null);
  }

  @Test
  void everyProblemIsSaidWithItsPointer() {
    detail.put("messageType", "OversizedConfigurationItemChangeNotification");

    assertThatThrownBy(() -> only(event))
        .isInstanceOfSatisfying(
            UnreadableEventException.class,
            e ->
                assertThat(e.problems())
                    .extracting(EventProblem::pointer)
                    .containsExactlyInAnyOrder(
                        "/detail/configurationItemSummary/resourceType",
                        "/detail/configurationItemSummary/resourceId",
                        "/detail/configurationItemSummary/awsAccountId",
                        "/detail/configurationItemSummary/configurationItemStatus"));

    detail.put("messageType", "ConfigurationSnapshotDeliveryStarted");
    assertThatThrownBy(() -> only(event)).hasMessageContaining("/detail/messageType");
  }

  private String arn() {
    return Objects.requireNonNull(incidents(event).getFirst().finding().resource())
        .arn()
        .toString();
  }
}
