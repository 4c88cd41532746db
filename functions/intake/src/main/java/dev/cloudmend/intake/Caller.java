package dev.cloudmend.intake;

import dev.cloudmend.model.Finding;
import java.util.Optional;

/**
 * Who made a call, as CloudTrail's {@code userIdentity} tells; which members it has depends on its
 * type.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html">CloudTrail
 *     userIdentity element</a>
 */
final class Caller {

  private static final String AT = "/detail/userIdentity/";

  private final EventReader reader;

  Caller(EventReader reader) {
    this.reader = reader;
  }

  /** The caller as a finding names them. */
  Finding.Actor actor() {
    String type = identity("type").orElse("Unknown");
    return new Finding.Actor(
        principal(type),
        type,
        // The issuer of a federated user's session is an IAM user or root.
        issuer().filter(arn -> arn.contains(":role/")).orElse(null),
        reader.text("/detail/sourceIPAddress").orElse(null),
        reader.text("/detail/userAgent").orElse(null));
  }

  /** The ARN of what gave the session its rights: nobody but AWS can write it. */
  Optional<String> issuer() {
    return identity("sessionContext/sessionIssuer/arn");
  }

  private String principal(String type) {
    return identity("arn")
        .or(() -> identity("invokedBy"))
        .or(() -> identity("userName"))
        .or(() -> identity("onBehalfOf/userId"))
        .or(() -> identity("accountId").map(account -> "account " + account))
        .or(() -> identity("principalId"))
        .orElse(type);
  }

  private Optional<String> identity(String member) {
    return reader.text(AT + member);
  }
}
