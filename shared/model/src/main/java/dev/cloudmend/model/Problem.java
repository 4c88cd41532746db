package dev.cloudmend.model;

/**
 * What went wrong with an incident.
 *
 * @param step the step that failed: {@code record}, {@code assess}, {@code decide}, {@code
 *     remediate}, {@code verify}, {@code close}
 * @param type the error's name, such as {@code AccessDenied}
 * @param message what happened and what to do next, without secrets
 */
public record Problem(String step, String type, String message) {}
