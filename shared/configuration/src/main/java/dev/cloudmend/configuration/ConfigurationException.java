package dev.cloudmend.configuration;

import dev.cloudmend.model.ModelException;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration or policy file that cannot be used. Nothing of it holds. */
public final class ConfigurationException extends ModelException {

  /** A message goes into logs and state data, so it is bounded; {@link #problems} has all. */
  private static final int MOST_IN_MESSAGE = 100;

  private final transient List<ConfigurationProblem> problems;

  public ConfigurationException(List<ConfigurationProblem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** All problems, in the order of the file. */
  public List<ConfigurationProblem> problems() {
    return problems;
  }

  private static String message(List<ConfigurationProblem> problems) {
    String shown =
        problems.stream()
            .limit(MOST_IN_MESSAGE)
            .map(ConfigurationProblem::line)
            .collect(Collectors.joining("\n"));
    int more = problems.size() - MOST_IN_MESSAGE;
    return more > 0 ? shown + "\nand " + more + " more problems" : shown;
  }
}
