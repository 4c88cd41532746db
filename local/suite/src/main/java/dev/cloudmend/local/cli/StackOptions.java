package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import dev.cloudmend.local.Suite;
import dev.cloudmend.local.deployment.Stack;
import dev.cloudmend.store.Store;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that works on a data folder here or on a deployed suite. */
final class StackOptions {

  @Mixin private TargetOptions target = new TargetOptions();

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description =
          "Work on the deployed suite of this name (Terraform's prefix) in the account of --target, not on a data folder here.")
  private @Nullable String stack;

  TargetOptions target() {
    return target;
  }

  boolean isJson() {
    return target.isJson();
  }

  /**
   * Finds the deployed suite, where one is named.
   *
   * @throws InputException when there is none of that name
   */
  Optional<Stack> stack() {
    return stack == null ? Optional.empty() : Optional.of(find(stack));
  }

  /**
   * Finds the deployed suite, for commands that work on nothing else.
   *
   * @throws InputException when none is named
   */
  Stack requiredStack() {
    return stack()
        .orElseThrow(
            () ->
                new InputException("this works on a deployed suite alone; expected --stack NAME"));
  }

  /** Works with the tables of the deployed suite or of the data folder. */
  <T> T withStore(Function<Store, T> work) {
    Optional<Stack> deployed = stack();
    if (deployed.isEmpty()) {
      try (Suite.Tables tables = Suite.Tables.open(target.dataFolder())) {
        return work.apply(tables.store());
      }
    }
    try (Stack found = deployed.get();
        Store store = found.store()) {
      return work.apply(store);
    }
  }

  private Stack find(String name) {
    if (!name.matches("[a-z][a-z0-9-]{1,18}[a-z0-9]")) {
      throw new InputException(
          "--stack: '"
              + Console.shown(name)
              + "' is no name of a stack; expected 3 to 20 lower-case letters, digits and hyphens");
    }
    return Stack.find(target.standing(), name);
  }
}
