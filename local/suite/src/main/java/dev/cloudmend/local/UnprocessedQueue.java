package dev.cloudmend.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Json;
import dev.cloudmend.states.engine.TaskFailedException;
import dev.cloudmend.states.engine.TaskHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Step Functions' {@code sqs:sendMessage} into a folder: one file a message, under the queue's
 * name.
 */
final class UnprocessedQueue implements TaskHandler {

  private final Path folder;

  UnprocessedQueue(Path folder) {
    this.folder = folder;
  }

  @Override
  public JsonNode run(String integration, JsonNode parameters) throws TaskFailedException {
    JsonNode body = parameters.path("MessageBody");
    String text = body.isTextual() ? body.textValue() : body.toString();
    String id = UUID.randomUUID().toString();
    Path queue = folder.resolve(Path.of(parameters.path("QueueUrl").asText()).getFileName());
    try {
      Files.createDirectories(queue);
      // A reader must never see half a message.
      Path unfinished = Files.writeString(queue.resolve(id + ".part"), text);
      Files.move(unfinished, queue.resolve(id + ".json"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new TaskFailedException(
          "SQS.SdkClientException", "cannot write to " + queue + ": " + e);
    }
    ObjectNode sent = Json.object();
    sent.put("MessageId", id);
    sent.put("SHA256OfMessageBody", CanonicalJson.sha256(text));
    return sent;
  }
}
