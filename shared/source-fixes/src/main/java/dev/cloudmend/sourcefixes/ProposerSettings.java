package dev.cloudmend.sourcefixes;

import dev.cloudmend.terraform.rules.RuleSettings;

/**
 * What is configured for all repositories.
 *
 * @param rules what source rules need to know
 * @param breakingToo whether edits that may cut traffic or replace a resource are proposed too
 * @param masksAccounts whether a pull request shows only the last four digits of account ids; the
 *     lines of the repository itself are shown as they are
 */
public record ProposerSettings(RuleSettings rules, boolean breakingToo, boolean masksAccounts) {

  /** No breaking edits; account ids are shown. */
  public static final ProposerSettings DEFAULT =
      new ProposerSettings(RuleSettings.DEFAULT, false, false);
}
