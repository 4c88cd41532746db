package dev.cloudmend.diagnoser.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Target;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.PlaybookInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions as the flow asks them. */
final class Questions {

  static final Catalogue CATALOGUE = Catalogue.standard();
  static final String ACCOUNT = "123456789012";
  static final String BUCKET = "cloudmend-demo-reports";

  private Questions() {}

  /** A bucket whose block public access somebody deleted, with one text of the event chosen. */
  static Question.Planned planned(String hostile) {
    return planned(
        finding(
            hostile,
            Arn.parse("arn:aws:s3:::" + BUCKET),
            ACCOUNT,
            new Finding.Actor(
                "arn:aws:sts::" + ACCOUNT + ":assumed-role/Developer/jane",
                "AssumedRole",
                "arn:aws:iam::" + ACCOUNT + ":role/Developer",
                "203.0.113.17",
                hostile),
            Json.object().put("description", hostile)),
        BUCKET,
        ACCOUNT,
        Json.object());
  }

  /** A change of a bucket's block public access, planned for a finding. */
  static Question.Planned planned(
      Finding finding, String bucket, String account, ObjectNode evidence) {
    PlaybookInfo playbook = info("s3-bucket-block-public-access");
    return new Question.Planned(
        finding,
        playbook,
        new Change(
            new Target("aws", account, "us-east-1", Arn.parse("arn:aws:s3:::" + bucket)),
            playbook.id(),
            playbook.version(),
            playbook.example().before(),
            playbook.example().after(),
            List.of(call("PutPublicAccessBlock", bucket, account)),
            List.of(call("DeletePublicAccessBlock", bucket, account)),
            Reversibility.EXACT,
            null,
            "Block public access to bucket " + bucket,
            List.of("Whoever reads " + bucket + " through a public policy loses access."),
            evidence));
  }

  static Question.Unmatched unmatched(String hostile) {
    Arn arn = Arn.parse("arn:aws:s3:::" + BUCKET);
    return new Question.Unmatched(
        finding(hostile, arn, ACCOUNT, null, Json.object().put("reason", hostile)),
        List.of(info("s3-bucket-block-public-access"), info("s3-bucket-versioning")));
  }

  static Finding finding(
      String text,
      @Nullable Arn arn,
      String account,
      Finding.@Nullable Actor actor,
      ObjectNode facts) {
    return new Finding(
        "b5d4e3a2-0000-4000-8000-000000000012",
        "cloudtrail",
        "DeleteBucketPublicAccessBlock",
        text,
        Severity.HIGH,
        List.of("SOC 2"),
        arn == null ? null : new ResourceRef(arn, account, "us-east-1"),
        Instant.parse("2026-11-20T10:00:00Z"),
        actor,
        facts);
  }

  static PlaybookInfo info(String id) {
    return CATALOGUE.byId(id).orElseThrow().info();
  }

  private static ApiCall call(String operation, String bucket, String account) {
    return new ApiCall(
        "s3",
        operation,
        "us-east-1",
        Json.object().put("Bucket", bucket).put("ExpectedBucketOwner", account));
  }

  /** The data block of a prompt, read as JSON. */
  static ObjectNode data(Prompt<Diagnosis> prompt) {
    String user = prompt.user();
    return Json.parseObject(
        user.substring(user.indexOf("<data>") + "<data>".length(), user.indexOf("</data>")));
  }

  /** An answer that keeps to the schema, about the prompt's own target. */
  static ObjectNode answer(Prompt<Diagnosis> prompt) {
    ObjectNode answer = Json.object();
    answer.put("target", data(prompt).path("target").textValue());
    answer.put("rootCause", "Block public access was deleted.");
    answer.put("impact", "A policy can open the bucket.");
    answer.put("explanation", "The change turns the four settings on.");
    answer.putArray("couldBreak").add("Visitors of a website.");
    answer.putArray("needs");
    answer.put("confidence", "high");
    answer.putArray("confidenceReasons").add("The state shows it.");
    return answer;
  }
}
