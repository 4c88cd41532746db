package dev.cloudmend.configuration.policy;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Finding.Actor;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Severity;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What policies of tests are asked about. */
public final class Inputs {

  static final Actor ACTOR =
      new Actor(
          "arn:aws:sts::111122223333:assumed-role/dev/jane",
          "AssumedRole",
          "arn:aws:iam::111122223333:role/dev",
          "203.0.113.7",
          "aws-cli/2");

  private Inputs() {}

  /** A finding of severity HIGH on a bucket of account 111122223333. */
  public static PolicyInput bucket() {
    return of(finding(Severity.HIGH, "arn:aws:s3:::logs", "111122223333", ACTOR, "vanta"));
  }

  static PolicyInput of(Finding finding) {
    return new PolicyInput(
        finding, playbook(Tier.auto), false, Origin.CLAUDE, Confidence.high, false, false);
  }

  /** The same, and a repository may hold its source. */
  static PolicyInput mapped() {
    PolicyInput input = bucket();
    return new PolicyInput(
        input.finding(),
        input.playbook(),
        input.suggested(),
        input.origin(),
        input.confidence(),
        input.breakGlass(),
        true);
  }

  static Finding finding(
      Severity severity, String arn, String account, @Nullable Actor actor, String source) {
    return new Finding(
        "event-1",
        source,
        "S3 Versioning",
        "Versioning is off",
        severity,
        List.of("SOC 2", "PCI DSS"),
        new ResourceRef(Arn.parse(arn), account, "us-east-1"),
        Instant.EPOCH,
        actor,
        Json.object());
  }

  /** The versioning playbook as if it were of a tier. */
  static PlaybookInfo playbook(Tier tier) {
    PlaybookInfo info = Catalogue.standard().byId("s3-bucket-versioning").orElseThrow().info();
    return new PlaybookInfo(
        info.id(),
        info.version(),
        info.title(),
        info.why(),
        info.fix(),
        tier,
        info.service(),
        info.resourceType(),
        info.aliases(),
        info.controls(),
        info.reads(),
        info.writes(),
        info.triggers(),
        info.reversibility(),
        info.undoWidensAccess(),
        info.example());
  }

  static Rule rule(String name, String when, Mode mode) {
    return new Rule(
        name, 1, EventPattern.of(Json.parseObject(when)), mode, Optional.empty(), false);
  }
}
