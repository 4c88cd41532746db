package dev.cloudmend.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.diagnoser.prompt.Question;
import dev.cloudmend.intake.Intake;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A golden case of the prompt: an event, the change that was planned for it, the answer that is
 * expected of Claude, and what comes of it.
 *
 * @param name the file's name without its end
 * @param shows what the case is there for
 * @param event the event
 * @param change the planned change; absent where no playbook answers to the event
 * @param answer the tool's input; its {@code target} is put in, because it is redacted
 * @param expected what has to come of it
 */
public record PromptCase(
    String name,
    String shows,
    ObjectNode event,
    @Nullable Change change,
    ObjectNode answer,
    Expected expected) {

  /**
   * What has to come of a case, in a live run without rules.
   *
   * @param confidence how sure Claude is
   * @param suggestedPlaybook what Claude suggests, where no playbook answers
   * @param outcome how the incident ends before anything is written; absent where it goes on
   */
  public record Expected(
      Confidence confidence, @Nullable String suggestedPlaybook, @Nullable Outcome outcome) {}

  private record Content(
      @JsonProperty("shows") String shows,
      @JsonProperty("event") ObjectNode event,
      @JsonProperty("change") @Nullable Change change,
      @JsonProperty("answer") ObjectNode answer,
      @JsonProperty("expected") Expected expected) {}

  /**
   * Reads the cases of a folder, by name.
   *
   * @throws InputException when there is none, or one cannot be read
   */
  public static List<PromptCase> read(Path folder) {
    try (var files = Files.list(folder)) {
      List<PromptCase> cases =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .sorted()
              .map(PromptCase::one)
              .toList();
      if (cases.isEmpty()) {
        throw new InputException(folder + " has no cases; expected files that end with .json");
      }
      return cases;
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(folder + " cannot be read: " + e);
    }
  }

  /** The incident that the event makes. */
  public Incident incident() {
    var intake = new Intake(Catalogue.standard(), Set.of(), Set.of());
    return intake.read(event, RunOptions.NONE).resources().stream()
        .flatMap(resource -> resource.incidents().stream())
        .filter(i -> change == null || change.playbook().equals(i.playbook()))
        .findFirst()
        .orElseThrow(
            () -> new InputException("case " + name + ": its event makes no such incident"));
  }

  /** What Claude is asked. */
  public Question question() {
    Finding finding = incident().finding();
    Catalogue catalogue = Catalogue.standard();
    if (change != null) {
      return new Question.Planned(
          finding, catalogue.byId(change.playbook()).orElseThrow().info(), change);
    }
    return new Question.Unmatched(
        finding,
        catalogue.forResource(Objects.requireNonNull(finding.resource()).arn()).stream()
            .map(Playbook::info)
            .toList());
  }

  /** The expected answer to a request with this pinned target. */
  public JsonNode answerTo(String target) {
    return answer.deepCopy().put("target", target);
  }

  private static PromptCase one(Path file) {
    try {
      Content content = Json.fromTree(Json.parse(Files.readString(file)), Content.class);
      return new PromptCase(
          file.getFileName().toString().replaceFirst("\\.json$", ""),
          content.shows(),
          content.event(),
          content.change(),
          content.answer(),
          content.expected());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ModelException e) {
      throw new InputException(file + " " + e.getMessage());
    }
  }
}
