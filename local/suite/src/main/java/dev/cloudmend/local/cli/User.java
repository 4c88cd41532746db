package dev.cloudmend.local.cli;

import java.util.Optional;

/** Who sits at the machine, as the operating system says; for the audit trail. */
final class User {

  private User() {}

  static String name() {
    return Optional.ofNullable(System.getProperty("user.name"))
        .filter(n -> !n.isBlank())
        .orElse("unknown user");
  }
}
