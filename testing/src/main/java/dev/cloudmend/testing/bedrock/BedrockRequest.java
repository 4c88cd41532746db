package dev.cloudmend.testing.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A request as it arrived.
 *
 * @param path as sent, with its escapes
 * @param modelId the model or inference profile, without escapes
 * @param headers by lower-case name
 * @param raw the body as sent
 * @param body the body as JSON; missing where it is none
 */
public record BedrockRequest(
    String path, String modelId, Map<String, List<String>> headers, String raw, JsonNode body) {}
