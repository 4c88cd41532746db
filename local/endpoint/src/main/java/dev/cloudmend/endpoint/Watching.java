package dev.cloudmend.endpoint;

import java.util.Set;

/** Learns from calls that the emulator answers. Safe for use by several threads. */
public interface Watching {

  /** {@code service:Operation} of each call that it learns from. */
  Set<String> operations();

  /** Told of each such call that succeeded, before its caller gets the answer. */
  void succeeded(AwsRequest request, AwsAnswer answer);
}
