package dev.cloudmend.terraform.project;

/**
 * A file or folder that was left alone.
 *
 * @param path relative to the project
 * @param reason what is wrong with it, with line and column where it has one
 */
public record Refusal(String path, String reason) {}
