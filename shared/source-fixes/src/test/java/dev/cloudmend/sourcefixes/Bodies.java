package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Target;
import dev.cloudmend.testing.functions.AdvancingClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Requests that fill every part of a body. */
final class Bodies {

  private static final Arn BUCKET = Arn.parse("arn:aws:s3:::reports");

  private Bodies() {}

  /** With a change, a diagnosis and a live fix. */
  static FixRequest full() {
    FixRequest plain = Scene.request();
    return new FixRequest(
        plain.incidentId(),
        plain.finding(),
        plain.playbook(),
        Optional.of(change(List.of("Versions of objects cost storage."))),
        Optional.of(
            new Diagnosis(
                Diagnosis.Origin.CLAUDE,
                "The bucket of account 123456789012 was made without versioning.",
                "A deleted report cannot be restored.",
                "Versioning is enabled.",
                List.of("Jobs that count objects see versions."),
                List.of("A lifecycle rule that ends old versions."),
                Diagnosis.Confidence.high,
                List.of("The live state was read."),
                null,
                null,
                null)),
        Map.of(),
        List.of(),
        Optional.empty(),
        true);
  }

  /** The same text in every field that somebody outside chooses. */
  static FixRequest hostile(String text) {
    FixRequest plain = Scene.request();
    return new FixRequest(
        text,
        new Finding(
            "event-1",
            text,
            text,
            text,
            Severity.UNKNOWN,
            List.of(text, text),
            new ResourceRef(BUCKET, Scene.ACCOUNT, "us-east-1"),
            AdvancingClock.START,
            null,
            Json.object()),
        new PlaybookText(Scene.PLAYBOOK, text, text, List.of(text)),
        Optional.of(change(List.of(text))),
        Optional.of(
            new Diagnosis(
                Diagnosis.Origin.CLAUDE,
                text,
                text,
                text,
                many(text),
                many(text),
                Diagnosis.Confidence.low,
                many(text),
                null,
                null,
                null)),
        plain.tags(),
        plain.state(),
        Optional.empty(),
        false);
  }

  private static List<String> many(String text) {
    return IntStream.range(0, 15).mapToObj(i -> i + text).toList();
  }

  private static Change change(List<String> warnings) {
    return new Change(
        new Target("aws", Scene.ACCOUNT, "us-east-1", BUCKET),
        Scene.PLAYBOOK,
        "1",
        Json.parse("{\"Status\": null}"),
        Json.parse("{\"Status\": \"Enabled\"}"),
        List.of(),
        List.of(),
        Reversibility.NONE,
        null,
        "Enables versioning.",
        warnings,
        Json.object());
  }
}
