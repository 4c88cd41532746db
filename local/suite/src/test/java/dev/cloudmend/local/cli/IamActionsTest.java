package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.local.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IamActionsTest {

  private static final String FILE = "infra-terraform/iam-actions.json";
  private static final String ACTIONS = "iamActions";

  private final Terminal.Result printed = Terminal.run("playbooks", "--iam");

  @Test
  void theFileThatPoliciesAreMadeOfIsWhatTheCommandPrints() throws IOException {
    assertThat(printed.code()).isZero();
    assertThat(Files.readString(ProjectFiles.ofLauncher().root().resolve(FILE)))
        .as("write it again: ./cloudmend playbooks --iam > " + FILE)
        .isEqualTo(printed.out());
    assertThat(printed.out()).endsWith("}\n");
  }

  @Test
  void noActionIsAPattern() {
    assertThat(allActions()).hasSizeGreaterThan(20).allMatch(a -> a.matches("[a-z0-9]+:[A-Z]\\w+"));
  }

  @Test
  void readsAndWritesAreSortedAndHaveNothingInCommon() {
    assertThat(printed.json().path("playbooks"))
        .isNotEmpty()
        .allSatisfy(
            playbook -> {
              List<String> reads = texts(playbook.path("reads"));
              List<String> writes = texts(playbook.path("writes"));
              assertThat(reads).isNotEmpty().isEqualTo(List.copyOf(new TreeSet<>(reads)));
              assertThat(writes).isNotEmpty().isEqualTo(List.copyOf(new TreeSet<>(writes)));
              assertThat(reads).doesNotContainAnyElementsOf(writes);
            });
  }

  @Test
  void everyActionIsThatOfAnOperationInTheTable() {
    var ofOperations = new TreeSet<String>();
    printed.json().path("operations").forEach(o -> ofOperations.addAll(texts(o.path(ACTIONS))));

    assertThat(new TreeSet<>(allActions())).isEqualTo(ofOperations);
  }

  @ParameterizedTest
  @CsvSource({
    "PutBucketEncryption, s3:PutEncryptionConfiguration, PutBucketEncryption",
    "DeleteBucketEncryption, s3:PutEncryptionConfiguration, DeleteBucketEncryption",
    "PutPublicAccessBlock, s3:PutBucketPublicAccessBlock, PutBucketPublicAccessBlock",
    "DeletePublicAccessBlock, s3:PutBucketPublicAccessBlock, DeleteBucketPublicAccessBlock"
  })
  void operationActionAndCloudTrailNameAreThreeNames(
      String operation, String action, String cloudTrail) {
    JsonNode row = operation(operation);

    assertThat(texts(row.path(ACTIONS))).containsExactly(action);
    assertThat(row.path("cloudTrail").asText()).isEqualTo(cloudTrail);
    assertThat(row.path("source").asText())
        .startsWith("https://docs.aws.amazon.com/service-authorization/");
  }

  @Test
  void theTagsOfAResourceBelongToTheReadsOfItsPlaybooks() {
    assertThat(texts(printed.json().at("/playbooks/s3-bucket-tls-only/reads")))
        .contains("s3:GetBucketTagging");
    assertThat(texts(printed.json().at("/playbooks/ec2-security-group-admin-ports-world/reads")))
        .contains("ec2:DescribeTags");
  }

  @Test
  void whatTellsTheMeaningOfFindingsIsListedApartFromPlaybooks() {
    assertThat(texts(printed.json().path("lookups")))
        .containsExactly(
            "config:DescribeConfigRules",
            "iam:ListGroups",
            "iam:ListPolicies",
            "iam:ListRoles",
            "iam:ListUsers");
  }

  @Test
  void whoseCredentialsTheseAreIsAskedWithoutAnyRight() {
    assertThat(texts(operation("GetCallerIdentity").path(ACTIONS))).isEmpty();
  }

  @Test
  void onePlaybookShowsItsOwnRightsOnly() {
    JsonNode one = Terminal.run("playbooks", "s3-bucket-versioning", "--iam").json();

    assertThat(texts(one.at("/playbooks/s3-bucket-versioning/writes")))
        .containsExactly("s3:PutBucketVersioning");
    assertThat(one.path("playbooks")).hasSize(1);
    assertThat(one.path("operations").findValuesAsText("operation"))
        .containsExactly(
            "GetBucketLocation",
            "GetBucketTagging",
            "GetBucketVersioning",
            "PutBucketVersioning",
            "GetCallerIdentity");
  }

  private JsonNode operation(String name) {
    return elements(printed.json().path("operations"))
        .filter(o -> o.path("operation").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> allActions() {
    var actions = new ArrayList<String>(texts(printed.json().path("lookups")));
    printed
        .json()
        .path("playbooks")
        .forEach(
            playbook -> {
              actions.addAll(texts(playbook.path("reads")));
              actions.addAll(texts(playbook.path("writes")));
            });
    return actions;
  }

  private static List<String> texts(JsonNode array) {
    return elements(array).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
