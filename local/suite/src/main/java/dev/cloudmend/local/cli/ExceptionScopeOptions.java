package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.store.ExemptionScope;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what an exception is for; all that are given have to fit. */
final class ExceptionScopeOptions {

  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  @Option(names = "--resource", paramLabel = "ARN", description = "One resource.")
  private @Nullable String resource;

  @Option(
      names = "--tag",
      paramLabel = "KEY[=VALUE]",
      description = "Resources with this tag, of any value where none is given.")
  private @Nullable String tag;

  @Option(names = "--playbook", paramLabel = "ID", description = "What this playbook would mend.")
  private @Nullable String playbook;

  @Option(
      names = "--account",
      paramLabel = "ACCOUNT",
      description = "Only in this account; beside one of the others.")
  private @Nullable String account;

  /**
   * What they say.
   *
   * @throws InputException when that is nothing, or cannot be
   */
  ExemptionScope scope() {
    if (resource == null && tag == null && playbook == null) {
      throw new InputException("expected --resource, --tag or --playbook, or several of them");
    }
    try {
      String arn = resource == null ? null : Arn.parse(resource).toString();
      String of = account == null ? null : Arn.checkAccount(account);
      return new ExemptionScope(arn, tagKey(), tagValue(), playbook(), of);
    } catch (ModelException e) {
      throw new InputException("--resource or --account: " + e.getMessage());
    }
  }

  private @Nullable String playbook() {
    if (playbook != null && Catalogue.standard().byId(playbook).isEmpty()) {
      throw new InputException(
          "--playbook: there is no playbook '"
              + Console.shown(playbook)
              + "'; expected an id that 'cloudmend playbooks' shows");
    }
    return playbook;
  }

  private @Nullable String tagKey() {
    if (tag == null) {
      return null;
    }
    int equals = tag.indexOf('=');
    String key = equals < 0 ? tag : tag.substring(0, equals);
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      throw new InputException("--tag: expected a key of 1 to 128 characters, such as env=test");
    }
    return key;
  }

  private @Nullable String tagValue() {
    int equals = tag == null ? -1 : tag.indexOf('=');
    if (tag == null || equals < 0) {
      return null;
    }
    String value = tag.substring(equals + 1);
    if (value.length() > LONGEST_VALUE) {
      throw new InputException("--tag: expected a value of at most 256 characters");
    }
    return value;
  }

  /** What a scope is for, in one line for a person. */
  static String shown(ExemptionScope scope) {
    var parts = new ArrayList<String>();
    if (scope.resource() != null) {
      parts.add(scope.resource());
    }
    if (scope.tagKey() != null) {
      parts.add("tag " + scope.tagKey() + (scope.tagValue() == null ? "" : "=" + scope.tagValue()));
    }
    if (scope.playbook() != null) {
      parts.add(scope.playbook());
    }
    if (scope.account() != null) {
      parts.add("account " + scope.account());
    }
    return Console.shown(String.join(", ", parts));
  }
}
