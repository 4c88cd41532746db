package dev.cloudmend.testing;

import dev.cloudmend.emulators.Emulator;
import dev.cloudmend.emulators.EmulatorException;
import dev.cloudmend.emulators.EmulatorKind;
import dev.cloudmend.emulators.EmulatorSettings;
import dev.cloudmend.emulators.MotoServer;
import java.util.function.BooleanSupplier;
import org.testcontainers.DockerClientFactory;

/**
 * Which emulator the tests run on: LocalStack where Docker runs, else moto. The system property
 * {@value #PROPERTY} decides it otherwise; there is no third way, and no test is skipped.
 */
final class EmulatorChoice {

  static final String PROPERTY = "cloudmend.test.emulator";

  private static final String AUTOMATIC = "auto";

  private EmulatorChoice() {}

  /**
   * Decides.
   *
   * @param wanted {@code moto}, {@code localstack}, or {@code auto}
   * @throws EmulatorException when it is none of them
   */
  static EmulatorKind of(String wanted, BooleanSupplier dockerRuns) {
    if (!wanted.equalsIgnoreCase(AUTOMATIC)) {
      return EmulatorKind.parse(wanted);
    }
    return dockerRuns.getAsBoolean() ? EmulatorKind.LOCALSTACK : EmulatorKind.MOTO;
  }

  static Emulator start() {
    String wanted = System.getProperty(PROPERTY, AUTOMATIC);
    return switch (of(wanted, DockerClientFactory.instance()::isDockerAvailable)) {
      case MOTO -> MotoServer.start(EmulatorSettings.ofUser());
      case LOCALSTACK -> new LocalStackInDocker();
    };
  }
}
