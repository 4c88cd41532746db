package dev.cloudmend.configuration.policy;

import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Text;

/** A rule that could not be matched. Nothing is decided, so nothing may be done. */
public final class PolicyException extends ModelException {

  PolicyException(String rule, Throwable cause) {
    super(
        "rule '"
            + rule
            + "' could not be matched, so nothing is decided: "
            + Text.shown(cause.toString(), 300),
        cause);
  }
}
