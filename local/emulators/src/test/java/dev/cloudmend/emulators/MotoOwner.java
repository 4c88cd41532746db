package dev.cloudmend.emulators;

import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that starts moto, prints the endpoint, and ends or waits to be killed. */
final class MotoOwner {

  private MotoOwner() {}

  public static void main(String[] arguments) throws IOException {
    var settings = EmulatorSettings.ofUser().withStateFolder(Path.of(arguments[0]));
    try (MotoServer moto = MotoServer.start(settings)) {
      System.out.println(moto.endpoint());
      int end = System.in.read();
      System.err.println("ends at " + end);
    }
  }
}
