package dev.cloudmend.assessor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Example;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.List;
import java.util.function.Supplier;

/** Sees what the test says. */
final class ScriptedPlaybook implements Playbook {

  static final ObjectNode FIXED = Json.object().put("versioning", "Enabled");

  private final String id;
  private Supplier<Assessment> assessment;
  private JsonNode live = FIXED;

  ScriptedPlaybook(String id) {
    this.id = id;
    this.assessment = () -> new Assessment.Violating(change("Suspended"));
  }

  /** The change that a bucket in this state calls for. */
  Change change(String versioning) {
    return new Change(
        SampleIncidents.TARGET,
        id,
        "1",
        Json.object().put("versioning", versioning),
        FIXED,
        List.of(call("Enabled")),
        List.of(call(versioning)),
        Reversibility.EXACT,
        null,
        "Turn versioning on",
        List.of(),
        Json.object());
  }

  void sees(Assessment assessment) {
    this.assessment = () -> assessment;
  }

  void seesViolation(String versioning) {
    sees(new Assessment.Violating(change(versioning)));
  }

  void cannotRead(Kind kind, String code) {
    assessment =
        () -> {
          throw new AwsCallException(kind, code, call("Enabled"), "the service says no");
        };
  }

  void observes(JsonNode live) {
    this.live = live;
  }

  @Override
  public PlaybookInfo info() {
    return new PlaybookInfo(
        id,
        "1",
        "Versioning",
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
        false,
        new Example("example", Json.object(), Json.object()));
  }

  @Override
  public Assessment assess(ResourceRef resource, Baselines baselines, AwsReader aws) {
    return assessment.get();
  }

  @Override
  public JsonNode observe(Change change, AwsReader aws) {
    return live;
  }

  private static ApiCall call(String status) {
    ObjectNode parameters = Json.object().put("Bucket", "reports");
    parameters.putObject("VersioningConfiguration").put("Status", status);
    return new ApiCall("s3", "PutBucketVersioning", SampleIncidents.REGION, parameters);
  }
}
