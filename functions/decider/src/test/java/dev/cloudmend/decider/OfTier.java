package dev.cloudmend.decider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import java.util.List;

/** A playbook of which only the tier matters. */
record OfTier(Tier tier) implements Playbook {

  static final String ID = "test-playbook";

  /** What it says of its own fix. */
  static final Diagnosis DIAGNOSIS =
      new Diagnosis(
          Diagnosis.Origin.PLAYBOOK,
          "cause",
          "impact",
          "explanation",
          List.of(),
          List.of(),
          Diagnosis.Confidence.high,
          List.of(),
          null,
          null,
          null);

  @Override
  public PlaybookInfo info() {
    return new PlaybookInfo(
        ID,
        "1",
        "Test",
        "why",
        "what to do",
        tier,
        "s3",
        "AWS::S3::Bucket",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Reversibility.EXACT,
        false,
        new PlaybookInfo.Example("none", NullNode.getInstance(), NullNode.getInstance()));
  }

  @Override
  public Assessment assess(ResourceRef resource, Baselines baselines, AwsReader aws) {
    return new Assessment.Compliant();
  }

  @Override
  public JsonNode observe(Change change, AwsReader aws) {
    return NullNode.getInstance();
  }
}
