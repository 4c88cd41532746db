package dev.cloudmend.remediator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.LiveState;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Example;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Both settings of a {@link FakeAccount}'s bucket; one call for each that is not as it should. */
final class BucketSettings implements Playbook {

  static final String ID = "bucket-settings";

  private static final ApiCall READ =
      new ApiCall("s3", "GetBucketVersioning", SampleIncidents.REGION, Json.object());

  private final boolean undoWidensAccess;
  private Optional<Assessment> instead = Optional.empty();

  BucketSettings(boolean undoWidensAccess) {
    this.undoWidensAccess = undoWidensAccess;
  }

  /** What the next assessments give, whatever the live state is. */
  void assessAs(Assessment assessment) {
    instead = Optional.of(assessment);
  }

  @Override
  public PlaybookInfo info() {
    return new PlaybookInfo(
        ID,
        "1",
        "Bucket settings",
        "why",
        "fix",
        Tier.auto,
        "s3",
        "AWS::S3::Bucket",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Reversibility.EXACT,
        undoWidensAccess,
        new Example("example", Json.object(), Json.object()));
  }

  @Override
  public Assessment assess(ResourceRef resource, Baselines baselines, AwsReader aws) {
    return instead.orElseGet(() -> LiveState.of(resource.account(), aws, () -> plan(aws)));
  }

  @Override
  public JsonNode observe(Change change, AwsReader aws) {
    return aws.read(READ);
  }

  private static Assessment plan(AwsReader aws) {
    ObjectNode before = aws.read(READ);
    var apply = new ArrayList<ApiCall>();
    var undo = new ArrayList<ApiCall>();
    if (!before.path("blocksPublic").asBoolean()) {
      apply.add(FakeAccount.block(true));
      undo.addFirst(FakeAccount.block(false));
    }
    String versioning = before.path("versioning").asText();
    if (!versioning.equals("Enabled")) {
      apply.add(FakeAccount.versioning("Enabled"));
      undo.addFirst(FakeAccount.versioning(versioning));
    }
    return apply.isEmpty()
        ? new Assessment.Compliant()
        : new Assessment.Violating(
            new Change(
                SampleIncidents.TARGET,
                ID,
                "1",
                before,
                FakeAccount.state(true, "Enabled"),
                apply,
                undo,
                Reversibility.EXACT,
                null,
                "Mend the settings of bucket reports",
                List.of(),
                Json.object()));
  }
}
