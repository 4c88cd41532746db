package dev.cloudmend.emulators;

import java.util.Locale;

/** The emulators that can be started. */
public enum EmulatorKind {
  MOTO,
  LOCALSTACK;

  /** As it is written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the word, whatever its case.
   *
   * @throws EmulatorException when it is neither
   */
  public static EmulatorKind parse(String word) {
    for (EmulatorKind kind : values()) {
      if (kind.word().equalsIgnoreCase(word)) {
        return kind;
      }
    }
    throw new EmulatorException("Unknown emulator '" + word + "'; expected moto or localstack");
  }

  /**
   * Starts the emulator; it ends with the object, or with this process.
   *
   * @throws EmulatorException when it cannot be had; the message names the ways to get it
   */
  public Emulator start(EmulatorSettings settings) {
    return switch (this) {
      case MOTO -> MotoServer.start(settings);
      case LOCALSTACK -> LocalStackServer.start(settings);
    };
  }
}
