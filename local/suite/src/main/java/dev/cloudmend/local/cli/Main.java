package dev.cloudmend.local.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The command line's entry point. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    // Libraries log and print where they like; standard output is for results alone.
    System.setOut(err);
    System.setErr(err);
    System.setProperty("log4j2.configurationFile", "log4j2-local.xml");
    boolean isTerminal = Boolean.getBoolean("cloudmend.terminal");
    boolean isColoured = isTerminal && System.getenv("NO_COLOR") == null;
    System.exit(Cloudmend.run(new Console(out, err, isColoured, isTerminal), arguments));
  }
}
