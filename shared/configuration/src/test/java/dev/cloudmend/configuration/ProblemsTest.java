package dev.cloudmend.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cloudmend.playbooks.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aProblemOfAPolicyHasItsLineAndColumn(String name, String yaml, List<String> problems)
      throws Exception {
    assertThat(problemsOf(Optional.empty(), Optional.of(yaml)))
        .as(name)
        .containsExactlyElementsOf(problems);
  }

  static Stream<Arguments> aProblemOfAPolicyHasItsLineAndColumn() {
    return Stream.of(RuleProblems.ALL, FieldProblems.ALL, ValueProblems.ALL, YamlProblems.ALL)
        .flatMap(List::stream)
        .map(
            c ->
                arguments(
                    c.name(),
                    c.yaml(),
                    c.problems().stream()
                        .map(p -> p.replace("{playbooks}", playbooks()))
                        .toList()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aProblemOfAConfigurationHasItsLineAndColumn(String name, String yaml, List<String> problems)
      throws Exception {
    assertThat(problemsOf(Optional.of(yaml), Optional.empty()))
        .as(name)
        .containsExactlyElementsOf(problems);
  }

  static Stream<Arguments> aProblemOfAConfigurationHasItsLineAndColumn() {
    return Stream.of(ConfigurationProblems.ALL, PullRequestsProblems.ALL)
        .flatMap(List::stream)
        .map(c -> arguments(c.name(), c.yaml(), c.problems()));
  }

  @Test
  void allProblemsOfBothFilesAreSaidAtOnceInTheirOrder() throws Exception {
    assertThat(
            problemsOf(
                Optional.of(
                    """
                    trustedSenders: [1]
                    colour: red
                    policy:
                      rules:
                        - name: a
                          when: {finding: {severty: [HIGH]}}
                          mode: guided
                    """),
                Optional.of(
                    """
                    rules:
                      - name: b
                        when: {x: [y]}
                        mode: never
                      - name: b
                        mode: ignore
                    """)))
        .extracting(line -> line.replaceAll(";.*", ""))
        .containsExactly(
            "cloudmend.yaml:1:18: /trustedSenders/0: is the number 1: quote it",
            "cloudmend.yaml:2:1: /colour: is not known",
            "cloudmend.yaml:6:24: /policy/rules/0/when/finding/severty: rule 'a': the document has"
                + " no finding.severty",
            "policy.yaml:3:12: /rules/0/when/x: rule 'b': the document has no x",
            "policy.yaml:4:11: /rules/0/mode: is 'never'",
            "policy.yaml:5:11: /rules/1/name: the rule in line 2 has the same name 'b'");
  }

  @Test
  void theMessageOfTheExceptionHasTheProblemsAndIsBounded() {
    var problem = new ConfigurationProblem("f", 1, 2, "/a", "is wrong", "right");

    assertThat(new ConfigurationException(List.of(problem)))
        .hasMessage("f:1:2: /a: is wrong; expected right");
    assertThat(new ConfigurationException(Collections.nCopies(103, problem)))
        .hasMessageEndingWith("\nand 3 more problems");
  }

  private static String playbooks() {
    return Catalogue.standard().playbooks().stream()
        .map(playbook -> playbook.info().id())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private List<String> problemsOf(Optional<String> configuration, Optional<String> policy)
      throws Exception {
    try {
      Configuration.read(write("cloudmend.yaml", configuration), write("policy.yaml", policy));
    } catch (ConfigurationException e) {
      return e.problems().stream().map(p -> p.line().replace(folder.toString() + "/", "")).toList();
    }
    return List.of();
  }

  private Optional<Path> write(String name, Optional<String> text) throws Exception {
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(Files.writeString(folder.resolve(name), text.get()));
  }

  /** A file and what is wrong with it. */
  record Case(String name, String yaml, List<String> problems) {

    static Case of(String name, String yaml, String... problems) {
      return new Case(name, yaml, List.of(problems));
    }
  }
}
