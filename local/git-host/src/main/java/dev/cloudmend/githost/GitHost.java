package dev.cloudmend.githost;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves git repositories of one machine with the part of GitHub's REST API that opens and reads
 * pull requests, on a free port of 127.0.0.1.
 *
 * <p>Commits and branches are real: they are written into the repository itself, or pushed to where
 * it was cloned from. Working copies are left alone: no file, no index, and no branch that is
 * checked out or the default changes. Pull requests exist only here, in files beside each other; a
 * person merges one by {@code git merge}, which is found when it is read next. At {@code
 * /owner/name/pull/number} a person reads one with its diff.
 */
public final class GitHost implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  static {
    JGitSettings.use();
  }

  private final Server server;
  private final URI address;
  private final Map<String, HostedRepository> repositories;

  private GitHost(Server server, URI address, Map<String, HostedRepository> repositories) {
    this.server = server;
    this.address = address;
    this.repositories = repositories;
  }

  /**
   * Serves repositories to whoever on this machine brings any token.
   *
   * @param data where clones and pull requests are kept, over restarts; made where it is not there
   * @throws GitHostException when a repository cannot be had, or the server cannot be started
   */
  public static GitHost start(Path data, List<Hosted> repositories) {
    return start(data, repositories, Optional.empty(), Clock.systemUTC());
  }

  /**
   * Serves repositories.
   *
   * @param data where clones and pull requests are kept, over restarts; made where it is not there
   * @param token the one that clients must bring; empty for any
   * @param clock by which commits and pull requests are dated
   * @throws GitHostException when a repository cannot be had, or the server cannot be started
   */
  public static GitHost start(
      Path data, List<Hosted> repositories, Optional<String> token, Clock clock) {
    makeFolder(data);
    var threads = new QueuedThreadPool();
    threads.setName("git-host");
    threads.setDaemon(true);
    var server = new Server(threads);
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // A branch's name has slashes, which are escaped in a path.
    http.setUriCompliance(UriCompliance.UNSAFE);
    var connector = new ServerConnector(server, 1, 2, new HttpConnectionFactory(http));
    connector.setHost(LOOPBACK);
    connector.setPort(0);
    server.addConnector(connector);
    Map<String, HostedRepository> opened = new HashMap<>();
    try {
      connector.open();
      URI address = URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort());
      open(repositories, data, address, clock, opened);
      server.setHandler(new ApiHandler(new Api(opened, clock), token));
      server.start();
      return new GitHost(server, address, Map.copyOf(opened));
    } catch (GitHostException e) {
      stop(server, opened, e);
      throw e;
    } catch (Exception e) {
      var failure = new GitHostException("No port of " + LOOPBACK + " can be listened on", e);
      stop(server, opened, failure);
      throw failure;
    }
  }

  /** Where the API is reached, such as {@code http://127.0.0.1:4711}. */
  public URI address() {
    return address;
  }

  /**
   * The pull requests of a repository, the oldest first, as git has them now.
   *
   * @param name {@code owner/name}
   * @throws GitHostException when no such repository is served, or it cannot be read
   */
  public List<HostedPullRequest> pullRequests(String name) {
    HostedRepository repository =
        Optional.ofNullable(repositories.get(key(name)))
            .orElseThrow(() -> new GitHostException("no repository " + name + " is served"));
    try {
      return repository.pullRequests();
    } catch (IOException | RefusedException e) {
      throw new GitHostException("the pull requests of " + name + " cannot be read", e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new GitHostException("the server could not be stopped in good order", e);
    } finally {
      repositories.values().forEach(HostedRepository::close);
    }
  }

  private static void open(
      List<Hosted> repositories,
      Path data,
      URI address,
      Clock clock,
      Map<String, HostedRepository> opened) {
    for (Hosted hosted : repositories) {
      if (opened.containsKey(key(hosted.name()))) {
        throw new GitHostException(hosted.name() + " is named twice");
      }
      opened.put(key(hosted.name()), HostedRepository.open(hosted, data, address, clock));
    }
  }

  private static void makeFolder(Path data) {
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new GitHostException("the folder " + data + " cannot be made", e);
    }
  }

  private static void stop(
      Server server, Map<String, HostedRepository> opened, GitHostException failure) {
    opened.values().forEach(HostedRepository::close);
    try {
      server.stop();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
