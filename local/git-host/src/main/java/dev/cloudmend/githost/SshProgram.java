package dev.cloudmend.githost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * Connects by the program {@code ssh}, as git does: with the person's configuration, keys, agent
 * and known hosts. It never asks for a password.
 */
final class SshProgram extends SshSessionFactory {

  private final String program;

  /**
   * @param program a path, or a name that is found where programs are
   */
  SshProgram(String program) {
    this.program = program;
  }

  @Override
  public RemoteSession getSession(
      URIish uri, @Nullable CredentialsProvider credentials, FS fileSystem, int timeout) {
    List<String> command = new ArrayList<>(List.of(program, "-o", "BatchMode=yes"));
    if (uri.getPort() > 0) {
      command.addAll(List.of("-p", String.valueOf(uri.getPort())));
    }
    // A host that begins with a hyphen would be an option.
    command.add("--");
    command.add(uri.getUser() == null ? uri.getHost() : uri.getUser() + "@" + uri.getHost());
    return new Session(command);
  }

  @Override
  public String getType() {
    return "ssh";
  }

  private static final class Session implements RemoteSession {

    private final List<String> connect;
    private final List<Process> started = new ArrayList<>();

    Session(List<String> connect) {
      this.connect = connect;
    }

    @Override
    public synchronized Process exec(String command, int timeout) throws IOException {
      List<String> whole = new ArrayList<>(connect);
      whole.add(command);
      Process process = new ProcessBuilder(whole).start();
      started.add(process);
      return process;
    }

    @Override
    public synchronized void disconnect() {
      started.forEach(Process::destroy);
    }
  }
}
