package dev.cloudmend.states.durable;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps executions as long as the process lives. Interpreters may share one. */
public final class InMemoryExecutionStore implements ExecutionStore {

  private final Map<String, JsonNode> records = new ConcurrentHashMap<>();
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Set<String> locked = ConcurrentHashMap.newKeySet();

  @Override
  public Optional<Lease> tryLock(String executionArn) {
    return locked.add(executionArn)
        ? Optional.of(() -> locked.remove(executionArn))
        : Optional.empty();
  }

  @Override
  public void save(String executionArn, JsonNode executionRecord, boolean isOpen) {
    records.put(executionArn, executionRecord.deepCopy());
    if (isOpen) {
      open.add(executionArn);
    } else {
      open.remove(executionArn);
    }
  }

  @Override
  public Optional<JsonNode> load(String executionArn) {
    return Optional.ofNullable(records.get(executionArn)).map(JsonNode::deepCopy);
  }

  @Override
  public List<String> openExecutions() {
    return List.copyOf(open);
  }

  @Override
  public List<String> executions() {
    return List.copyOf(records.keySet());
  }
}
