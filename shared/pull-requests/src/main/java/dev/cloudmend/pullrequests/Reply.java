package dev.cloudmend.pullrequests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What GitHub answered.
 *
 * @param asked method and path, for messages
 */
record Reply(String asked, int status, HttpHeaders headers, String body) {

  boolean isGood() {
    return status >= 200 && status < 300;
  }

  /**
   * @throws GitHubException UNAVAILABLE when the answer is no JSON, as of a proxy on the way
   */
  JsonNode json() {
    try {
      return Json.parse(body);
    } catch (ModelException e) {
      throw new GitHubException(
          GitHubException.Kind.UNAVAILABLE, asked + ": the answer is not GitHub's");
    }
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }
}
