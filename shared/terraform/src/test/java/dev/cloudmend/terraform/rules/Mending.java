package dev.cloudmend.terraform.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One rule among others on texts: what it finds, and what they are after its edits. */
public final class Mending {

  /** With a key and a log bucket. */
  public static final RuleSettings CONFIGURED =
      new RuleSettings(
          Optional.of("central-logs"),
          Optional.of("arn:aws:kms:us-east-1:111122223333:key/buckets"),
          Optional.empty(),
          List.of());

  private final List<SourceRule> rules;
  private final RuleSettings settings;
  private final List<String> afters = new ArrayList<>();

  public Mending(List<SourceRule> rules, RuleSettings settings) {
    this.rules = rules;
    this.settings = settings;
  }

  /** The rule finds something, mends all of it so, and then has nothing to do. */
  public void mends(String rule, String before, String after) {
    Project project = Sources.project("main.tf", before);
    SourceFix.Result result = fix(rule, project);

    assertThat(found(rule, project)).as("found").isNotEmpty();
    assertThat(result.left()).as("left").isEmpty();
    assertThat(text(result, "main.tf")).isEqualTo(after);
    Project mended = project.with(result.changed().values());
    assertThat(found(rule, mended)).as("found in what was mended").isEmpty();
    assertThat(fix(rule, mended).changed()).isEmpty();
    afters.add(after);
  }

  /** The rule finds nothing. */
  public void leaves(String rule, String... pathsAndTexts) {
    Project project =
        pathsAndTexts.length == 1
            ? Sources.project("main.tf", pathsAndTexts[0])
            : Sources.project(pathsAndTexts);
    assertThat(found(rule, project)).isEmpty();
  }

  /** The rule finds something and says why it does not mend it. */
  public void shows(String rule, String text, String reason) {
    Project project = Sources.project("main.tf", text);
    SourceFix.Result result = fix(rule, project);
    assertThat(result.changed()).isEmpty();
    assertThat(result.left()).isNotEmpty();
    assertThat(result.left()).allSatisfy(left -> assertThat(left.reason()).contains(reason));
  }

  /** What comes of the rule. */
  public SourceFix.Result fix(String rule, Project project) {
    return new SourceFix(new Scan(rules, settings))
        .fix(project, violation -> violation.rule().id().equals(rule), true);
  }

  /** What the rule finds. */
  public List<Violation> found(String rule, Project project) {
    assertThat(rules).extracting(one -> one.info().id()).contains(rule);
    return new Scan(rules, settings)
        .of(project).stream().filter(violation -> violation.rule().id().equals(rule)).toList();
  }

  /** A file after the edits. */
  public static String text(SourceFix.Result result, String path) {
    HclFile file = result.changed().get(path);
    return file == null ? "unchanged" : file.text();
  }

  /** What {@code terraform fmt} would change in all that came out; an empty folder is needed. */
  public String unformatted(Path folder) throws IOException, InterruptedException {
    for (int i = 0; i < afters.size(); i++) {
      Files.writeString(folder.resolve("after" + i + ".tf"), afters.get(i));
    }
    Process process =
        new ProcessBuilder("terraform", "fmt", "-check", "-diff", "-no-color")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : "not as terraform fmt leaves it:\n" + output;
  }
}
