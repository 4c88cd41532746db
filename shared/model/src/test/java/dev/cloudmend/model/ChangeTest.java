package dev.cloudmend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {

  private final Change change = change("123456789012", "us-east-1", "as it was planned");

  @Test
  void itsJsonIsStable() {
    assertThat(Json.pretty(change))
        .isEqualToIgnoringWhitespace(
            """
            {
              "hash" : "%s",
              "target" : {
                "partition" : "aws", "account" : "123456789012", "region" : "us-east-1", "arn" : "arn:aws:s3:::b"
              },
              "playbook" : "s3-bucket-versioning",
              "playbookVersion" : "1",
              "summary" : "as it was planned",
              "before" : null,
              "after" : { "Status" : "Enabled" },
              "apply" : [ { "service" : "s3", "operation" : "PutBucketVersioning", "region" : "us-east-1", "parameters" : { "Bucket" : "b" } } ],
              "undo" : [ ],
              "reversibility" : "NONE",
              "warnings" : [ "costs" ],
              "evidence" : { "seen" : "today" }
            }
            """
                .formatted(change.hash()));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Change read = Json.fromTree(Json.parse(Json.write(change)), Change.class);

    assertThat(read).isEqualTo(change);
    assertThat(read.hash()).isEqualTo(change.hash());
  }

  @Test
  void aDocumentWhoseContentDoesNotHaveItsHashIsRefused() {
    ObjectNode tree = (ObjectNode) Json.toTree(change);
    ((ObjectNode) tree.get("after")).put("Status", "Suspended");

    assertThatThrownBy(() -> Json.fromTree(tree, Change.class))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("hash");
  }

  @Test
  void theHashNamesTheTarget() {
    assertThat(change("210987654321", "us-east-1", "x").hash()).isNotEqualTo(change.hash());
    assertThat(change("123456789012", "eu-west-1", "x").hash()).isNotEqualTo(change.hash());
  }

  @Test
  void whatIsThereToBeReadIsNotHashed() {
    assertThat(change("123456789012", "us-east-1", "said otherwise").hash())
        .isEqualTo(change.hash());
  }

  @Test
  void itsPartsCannotBeChangedFromOutside() {
    String hash = change.hash();
    change.apply().getFirst().parameters().put("Bucket", "another");

    assertThat(change.hash()).isEqualTo(hash);
  }

  @Test
  void anUndoOfWhatCannotBeUndoneIsRefused() {
    assertThatThrownBy(
            () ->
                new Change(
                    change.target(),
                    "p",
                    "1",
                    NullNode.getInstance(),
                    NullNode.getInstance(),
                    List.of(),
                    change.apply(),
                    Reversibility.NONE,
                    null,
                    "",
                    List.of(),
                    Json.object()))
        .isInstanceOf(ModelException.class);
  }

  private static Change change(String account, String region, String summary) {
    return new Change(
        new Target("aws", account, region, Arn.parse("arn:aws:s3:::b")),
        "s3-bucket-versioning",
        "1",
        NullNode.getInstance(),
        Json.object().put("Status", "Enabled"),
        List.of(new ApiCall("s3", "PutBucketVersioning", region, Json.object().put("Bucket", "b"))),
        List.of(),
        Reversibility.NONE,
        null,
        summary,
        List.of("costs"),
        Json.object().put("seen", "today"));
  }
}
