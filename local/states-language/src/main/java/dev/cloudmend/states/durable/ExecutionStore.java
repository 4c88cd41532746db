package dev.cloudmend.states.durable;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the records of executions, and sees to it that one execution is run by one interpreter at a
 * time.
 *
 * <p>Every method throws {@link ExecutionStoreException} when the store cannot be read or written.
 */
public interface ExecutionStore {

  /** The right to run one execution, until it is closed. */
  interface Lease extends AutoCloseable {
    @Override
    void close();
  }

  /** Takes the right to run an execution; nothing when another one, of any process, has it. */
  Optional<Lease> tryLock(String executionArn);

  /**
   * Replaces the record of an execution, wholly or not at all.
   *
   * @param open whether the execution has not ended yet
   */
  void save(String executionArn, JsonNode executionRecord, boolean open);

  /** The record as it was saved last. */
  Optional<JsonNode> load(String executionArn);

  /** ARNs of the executions that have not ended, in no particular order. */
  List<String> openExecutions();

  /** ARNs of all executions, in no particular order. */
  List<String> executions();
}
