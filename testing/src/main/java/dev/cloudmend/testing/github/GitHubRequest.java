package dev.cloudmend.testing.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A request as it arrived.
 *
 * @param path as sent, with its escapes
 * @param query by name, without escapes
 * @param headers by lower-case name
 * @param body the body as JSON; missing where it is none
 */
public record GitHubRequest(
    GitHubOperation operation,
    String path,
    Map<String, String> query,
    Map<String, List<String>> headers,
    JsonNode body) {}
