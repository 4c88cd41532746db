package dev.cloudmend.local.deployment;

/** A deployed suite, or a part of it, cannot be used. The message says which and why. */
public final class DeploymentException extends RuntimeException {

  DeploymentException(String message) {
    super(message);
  }

  DeploymentException(String message, Throwable cause) {
    super(message, cause);
  }
}
