package dev.cloudmend.configuration;

import dev.cloudmend.model.ModelException;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration or policy file that cannot be used. Nothing of it holds. */
public final class ConfigurationException extends ModelException {

  private final transient List<ConfigurationProblem> problems;

  public ConfigurationException(List<ConfigurationProblem> problems) {
    super(problems.stream().map(ConfigurationProblem::line).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All problems, in the order of the file. */
  public List<ConfigurationProblem> problems() {
    return problems;
  }
}
