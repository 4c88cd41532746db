package dev.cloudmend.propener;

import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.pullrequests.GitHub;
import dev.cloudmend.pullrequests.PullRequests;
import dev.cloudmend.sourcefixes.Authoring;
import dev.cloudmend.sourcefixes.ProposerSettings;
import dev.cloudmend.sourcefixes.SourceProposer;
import dev.cloudmend.terraform.rules.RuleSettings;
import java.time.Clock;
import java.util.Optional;

/**
 * GitHub as one login sees it.
 *
 * @param login the login's fingerprint
 * @param proposer writes only where it proposes
 * @param dryProposer cannot write
 */
record Connection(
    String login,
    GitHub github,
    PullRequests pullRequests,
    SourceProposer proposer,
    SourceProposer dryProposer)
    implements AutoCloseable {

  static Connection of(
      String login,
      GitHub github,
      Configuration.PullRequests configuration,
      Optional<Authoring> authoring,
      Clock clock) {
    var settings =
        new ProposerSettings(
            RuleSettings.DEFAULT, configuration.breakingToo(), configuration.masksAccounts());
    return new Connection(
        login,
        github,
        new PullRequests(github),
        new SourceProposer(github, configuration.repositories(), settings, authoring, clock),
        new SourceProposer(
            github.readOnly(), configuration.repositories(), settings, authoring, clock));
  }

  @Override
  public void close() {
    github.close();
  }
}
