package dev.cloudmend.emulators;

import java.net.URI;

/** A server that answers as AWS does, for the time of this object. */
public interface Emulator extends AutoCloseable {

  /** Where clients reach it, such as {@code http://127.0.0.1:41234}. */
  URI endpoint();

  /** What it is, with its version: {@code moto 5.2.1}. */
  String name();

  /** Whether it still runs. */
  boolean alive();

  /**
   * Takes everything out of the emulated accounts.
   *
   * @throws EmulatorException when the server does not do so
   */
  void reset();

  /** Ends the server and what it started. Doing so again does nothing. */
  @Override
  void close();
}
