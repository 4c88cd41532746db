package dev.cloudmend.emulators;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A process of its own that opens a data folder, writes one note, says {@code ready}, and holds the
 * folder until its standard input closes or it is killed.
 */
final class FolderHolder {

  private FolderHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (var database = LocalDynamoDb.inFolder(Path.of(arguments[0]));
        var client = Notes.client(database.endpoint())) {
      Notes.createTable(client);
      Notes.write(client, "1", "from another process");
      System.out.println("ready");
      int end = System.in.read();
      System.err.println("ends at " + end);
    }
  }
}
