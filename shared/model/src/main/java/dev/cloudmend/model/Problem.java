package dev.cloudmend.model;

import java.util.Optional;

/**
 * What went wrong with an incident.
 *
 * @param step the step that failed: {@code intake}, {@code record}, {@code assess}, {@code
 *     diagnose}, {@code decide}, {@code remediate}, {@code verify}, {@code close}, {@code undo},
 *     {@code execution}
 * @param type the error's name, such as {@code AccessDenied}
 * @param message what happened and what to do next, without secrets
 */
public record Problem(String step, String type, String message) {

  /**
   * Reads an error as Step Functions tells it.
   *
   * @param step the step that failed
   * @param error the error's name; a Lambda function's is the class of its exception
   * @param cause a function's error document, whose {@code errorMessage} is the message; plain text
   *     for a time-out; may be empty
   */
  public static Problem ofError(String step, String error, String cause) {
    String type = error.substring(error.lastIndexOf('.') + 1);
    return new Problem(step, type, messageOf(cause).orElse(cause.isEmpty() ? error : cause));
  }

  private static Optional<String> messageOf(String cause) {
    try {
      return Optional.of(Json.parse(cause).path("errorMessage").asText(""))
          .filter(message -> !message.isEmpty());
    } catch (ModelException e) {
      // Not every cause is an error document.
      return Optional.empty();
    }
  }
}
