package dev.cloudmend.terraform.project;

/** A folder cannot be read as a Terraform project; the message names it. */
public final class ProjectException extends RuntimeException {

  public ProjectException(String message) {
    super(message);
  }

  public ProjectException(String message, Throwable cause) {
    super(message, cause);
  }
}
