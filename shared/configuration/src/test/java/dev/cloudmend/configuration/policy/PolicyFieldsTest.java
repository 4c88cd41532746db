package dev.cloudmend.configuration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Finding.Actor;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Severity;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFieldsTest {

  @Test
  void theDocumentHasWhatIsKnown() {
    var input =
        new PolicyInput(
            Inputs.finding(
                Severity.HIGH, "arn:aws:s3:::logs", "111122223333", Inputs.ACTOR, "vanta"),
            Inputs.playbook(Tier.auto),
            true,
            Origin.PLAYBOOK,
            Confidence.medium,
            true,
            false);

    JsonNode document = input.document();

    assertThat(document.at("/finding"))
        .isEqualTo(
            Json.parse(
                """
                {"source": "vanta", "check": "S3 Versioning", "title": "Versioning is off",
                 "severity": "HIGH", "frameworks": ["SOC 2", "PCI DSS"],
                 "actor": {"principal": "arn:aws:sts::111122223333:assumed-role/dev/jane",
                           "type": "AssumedRole", "role": "arn:aws:iam::111122223333:role/dev",
                           "sourceAddress": "203.0.113.7", "userAgent": "aws-cli/2",
                           "breakGlass": true}}"""));
    assertThat(document.at("/resource"))
        .isEqualTo(
            Json.parse(
                """
                {"arn": "arn:aws:s3:::logs", "partition": "aws", "service": "s3",
                 "type": "AWS::S3::Bucket", "account": "111122223333", "region": "us-east-1",
                 "name": "logs"}"""));
    assertThat(document.at("/diagnosis"))
        .isEqualTo(Json.parse("{\"origin\": \"PLAYBOOK\", \"confidence\": \"medium\"}"));
    assertThat(document.at("/playbook/id").textValue()).isEqualTo("s3-bucket-versioning");
    assertThat(document.at("/playbook/version").isTextual()).isTrue();
    assertThat(document.at("/playbook/tier").textValue()).isEqualTo("auto");
    assertThat(document.at("/playbook/service").textValue()).isEqualTo("s3");
    assertThat(document.at("/playbook/resourceType").textValue()).isEqualTo("AWS::S3::Bucket");
    assertThat(document.at("/playbook/reversibility").textValue()).isEqualTo("EQUIVALENT");
    assertThat(document.at("/playbook/undoWidensAccess")).isEqualTo(Json.parse("false"));
    assertThat(document.at("/playbook/suggested")).isEqualTo(Json.parse("true"));
    assertThat(document.at("/playbook/controls").valueStream().map(JsonNode::textValue))
        .contains("Security Hub S3.14", "NIST 800-53 r5 CP-9");
  }

  @Test
  void theDocumentHasExactlyTheFieldsThatAreDocumented() {
    assertThat(leaves(Inputs.bucket().document(), ""))
        .containsExactlyInAnyOrderElementsOf(PolicyFields.all().keySet());
  }

  @Test
  void whatTheSourceDoesNotTellIsAbsent() {
    Finding finding =
        Inputs.finding(
            Severity.LOW, "arn:aws:rds:us-east-1:111122223333:db", "111122223333", null, "vanta");

    assertThat(leaves(Inputs.of(finding).document(), ""))
        .doesNotContain("resource.type")
        .noneMatch(path -> path.startsWith("finding.actor"));

    Finding root =
        Inputs.finding(
            Severity.LOW,
            "arn:aws:s3:::logs",
            "111122223333",
            new Actor("root", "Root", null, null, null),
            "vanta");
    assertThat(Inputs.of(root).document().at("/finding/actor"))
        .isEqualTo(
            Json.parse("{\"principal\": \"root\", \"type\": \"Root\", \"breakGlass\": false}"));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:s3:::logs, logs",
    "arn:aws:s3:::logs/2026/01.gz, logs/2026/01.gz",
    "arn:aws:iam::111122223333:role/service/app, app",
    "arn:aws:iam::111122223333:root, root",
    "arn:aws:ec2:us-east-1:111122223333:security-group/sg-1, sg-1"
  })
  void theNameIsTheLastPartOfTheResourceButAllOfABucketsArn(String arn, String name) {
    Finding finding = Inputs.finding(Severity.LOW, arn, "111122223333", null, "a");

    assertThat(Inputs.of(finding).document().at("/resource/name").textValue()).isEqualTo(name);
  }

  @Test
  void theTableNamesEveryFieldWithItsTypeAndValues() {
    assertThat(PolicyFields.markdown().lines())
        .hasSize(PolicyFields.all().size() + 2)
        .allMatch(line -> line.chars().filter(c -> c == '|').count() == 4)
        .contains(
            "| `finding.severity` | text | how bad the source says it is: `CRITICAL`, `HIGH`,"
                + " `INFORMATIONAL`, `LOW`, `MEDIUM`, `UNKNOWN` |",
            "| `finding.actor.breakGlass` | true or false | whether it is one of the configured"
                + " `breakGlassPrincipals` |");
  }

  private static List<String> leaves(JsonNode node, String path) {
    var leaves = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
      if (member.getValue().isObject()) {
        leaves.addAll(leaves(member.getValue(), at));
      } else {
        leaves.add(at);
      }
    }
    return leaves;
  }
}
