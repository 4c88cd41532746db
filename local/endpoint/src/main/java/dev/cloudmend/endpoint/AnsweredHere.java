package dev.cloudmend.endpoint;

import java.util.Set;

/** Operations that are answered here and not by the emulator. Safe for use by several threads. */
public interface AnsweredHere {

  /** {@code service:Operation} of each. */
  Set<String> operations();

  /**
   * Answers one call.
   *
   * @throws ServiceException when the service would answer with an error
   */
  AwsAnswer answer(AwsRequest request) throws InterruptedException;
}
