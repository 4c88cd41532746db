package dev.cloudmend.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes events that services put on an account's default bus by themselves. */
public interface EventSink {

  /**
   * Puts one event on the default bus; what its rules do with it happens later.
   *
   * @param event whole, as EventBridge delivers it: with {@code account} and {@code region}
   */
  void put(ObjectNode event);
}
