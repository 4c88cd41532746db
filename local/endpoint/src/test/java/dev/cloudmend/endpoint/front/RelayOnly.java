package dev.cloudmend.endpoint.front;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A front that answers nothing itself, as a process of its own; ends with its standard input. */
final class RelayOnly {

  private RelayOnly() {}

  public static void main(String[] arguments) throws IOException {
    URI emulator = URI.create(arguments[0]);
    var addresses = new Addresses(emulator, "emulator", emulator);
    try (var upstream = EmulatorUpstream.open(addresses);
        var front = Front.start(0, new Dispatcher(List.of(), List.of(), upstream), addresses)) {
      System.out.println(front.endpoint());
      System.in.readAllBytes();
    }
  }
}
