package dev.cloudmend.function;

import dev.cloudmend.model.Arn;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The settings that speak of other accounts.
 *
 * @param accounts {@code cloudmend.members}: the accounts that are reached through roles of theirs
 * @param prefix {@code cloudmend.member-prefix}: begins those roles' names; {@code cloudmend} where
 *     it says nothing
 * @param externalIds {@code cloudmend.external-ids}: the ARN of the Secrets Manager secret that
 *     holds a JSON object, account to external id
 * @param externalIdsEndpoint {@code cloudmend.external-ids-endpoint}: a Secrets Manager to use
 *     instead of AWS's
 */
record MemberSettings(
    List<String> accounts,
    String prefix,
    Optional<Arn> externalIds,
    Optional<URI> externalIdsEndpoint) {

  MemberSettings {
    accounts = List.copyOf(accounts);
  }
}
