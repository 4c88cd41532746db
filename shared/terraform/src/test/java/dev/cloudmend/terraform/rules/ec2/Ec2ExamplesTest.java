package dev.cloudmend.terraform.rules.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.rules.SourceFix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Ec2ExamplesTest {

  /** Rules that show what a person has to decide. */
  private static final Set<String> WITHOUT_EDIT =
      Set.of(
          "ec2-default-vpc",
          "ec2-metadata-hop-limit",
          "ec2-user-data-secrets",
          "ec2-ami-launch-permission",
          "ec2-instance-profile");

  @ParameterizedTest
  @MethodSource("examples")
  void aViolationIsFoundAndMended(Example example) {
    SourceFix.Result result = Example.fix(example.rule(), example.before());

    assertThat(result.left()).isEmpty();
    assertThat(result.fixed()).isNotEmpty();
    assertThat(Example.text(result, "main.tf")).isEqualTo(example.after());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void whatIsMendedIsCompliantAndNotTouchedAgain(Example example) {
    assertThat(Example.violations(example.rule(), example.after())).isEmpty();
    assertThat(Example.fix(example.rule(), example.after()).changed()).isEmpty();
  }

  @Test
  void terraformFmtAcceptsAllThatIsWritten(@TempDir Path folder) throws Exception {
    List<Example> examples = examples().toList();
    for (int i = 0; i < examples.size(); i++) {
      Files.writeString(folder.resolve("e" + i + ".tf"), examples.get(i).after());
    }
    assertThat(fmt(folder)).isEmpty();
  }

  @Test
  void everyRuleThatEditsHasAnExample() {
    assertThat(examples().map(Example::rule).collect(Collectors.toSet()))
        .isEqualTo(
            Ec2Rules.all().stream()
                .map(rule -> rule.info().id())
                .filter(id -> !WITHOUT_EDIT.contains(id))
                .collect(Collectors.toSet()));
  }

  @Test
  void idsDiffer() {
    assertThat(Ec2Rules.all().stream().map(rule -> rule.info().id())).doesNotHaveDuplicates();
  }

  static Stream<Example> examples() {
    return Stream.of(
            IngressExamples.ALL,
            RoundExamples.ALL,
            GroupExamples.ALL,
            NetworkExamples.ALL,
            MachineExamples.ALL,
            DiskExamples.ALL)
        .flatMap(List::stream);
  }

  private static String fmt(Path folder) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("terraform", "fmt", "-check", "-diff", "-no-color")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().remove("TF_CLI_CONFIG_FILE");
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
