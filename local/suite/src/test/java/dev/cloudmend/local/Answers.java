package dev.cloudmend.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.util.function.Function;

/** Answers of a Claude that repeats the target that it was given. */
public final class Answers {

  private Answers() {}

  public static Function<JsonNode, JsonNode> of(String confidence) {
    return request -> answer(request, confidence);
  }

  public static Function<JsonNode, JsonNode> suggesting(String playbook) {
    return request -> answer(request, "high").put("suggestedPlaybook", playbook);
  }

  /** The pinned target, as it stands in a request. */
  public static String target(JsonNode request) {
    String user = request.at("/messages/0/content/0/text").asText();
    String data = user.substring(user.indexOf("<data>") + 6, user.indexOf("</data>"));
    return Json.parseObject(data).path("target").asText();
  }

  private static ObjectNode answer(JsonNode request, String confidence) {
    ObjectNode answer = Json.object();
    answer.put("target", target(request));
    answer.put("rootCause", "The cause, as Claude sees it.");
    answer.put("impact", "The impact.");
    answer.put("explanation", "What the change does to " + target(request) + ".");
    answer.putArray("couldBreak").add("Anonymous readers.");
    answer.putArray("needs");
    answer.put("confidence", confidence);
    answer.putArray("confidenceReasons").add("The state shows it.");
    return answer;
  }
}
