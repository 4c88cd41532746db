package dev.cloudmend.githost;

import dev.cloudmend.model.Text;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.NetRCCredentialsProvider;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/**
 * A repository somewhere else, of which a bare clone is kept: its branches are the remote's as of
 * the last {@link #fetch}.
 *
 * <p>It signs in as git does where it can: by the program {@code ssh} with the person's keys, or by
 * {@code .netrc} or the URL for https. It never asks.
 */
final class Remote {

  /** How a push ended. */
  enum Pushed {
    DONE,
    /** The remote's branch is not where it was expected. */
    MOVED,
    /** The remote refuses it: a hook, or a protection. */
    REFUSED
  }

  private static final Set<String> SCHEMES = Set.of("https", "ssh", "file");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final RefSpec ALL_BRANCHES = new RefSpec("+refs/heads/*:refs/heads/*");

  private final String name;
  private final URIish uri;
  private final Repository clone;
  private final ReentrantLock lock = new ReentrantLock();

  private Remote(String name, URIish uri, Repository clone) {
    this.name = name;
    this.uri = uri;
    this.clone = clone;
  }

  /**
   * Clones it, or brings the clone that is there up to date.
   *
   * @throws GitHostException when the remote cannot be read
   */
  static Remote open(Hosted hosted, Path folder) {
    URIish uri = uri(hosted);
    Repository clone = null;
    try {
      Files.createDirectories(folder);
      clone = new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
      if (!new File(clone.getDirectory(), Constants.HEAD).exists()) {
        clone.create(true);
        // What an empty remote calls its first branch is not told.
        clone.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
      }
      Remote remote = new Remote(hosted.name(), uri, clone);
      remote.transfer();
      return remote;
    } catch (IOException e) {
      if (clone != null) {
        clone.close();
      }
      throw new GitHostException(
          "%s: %s cannot be read as a git repository (%s); expected a URL that git clones from"
              .formatted(hosted.name(), shown(uri), said(e, uri)),
          e);
    }
  }

  Repository local() {
    return clone;
  }

  /**
   * Makes the clone's branches what the remote's are.
   *
   * @throws RefusedException when the remote does not answer
   */
  void fetch() {
    lock.lock();
    try {
      transfer();
    } catch (IOException e) {
      throw unreachable(e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves or makes a branch of the remote.
   *
   * @param expected where it has to be, zero for one that is not there
   */
  Pushed push(String branch, ObjectId expected, ObjectId next, boolean isForced) {
    lock.lock();
    try (Transport transport = connect()) {
      String ref = Constants.R_HEADS + branch;
      RemoteRefUpdate update =
          new RemoteRefUpdate(clone, next.name(), next, ref, isForced, null, expected);
      transport.push(NullProgressMonitor.INSTANCE, List.of(update));
      return switch (update.getStatus()) {
        case OK -> Pushed.DONE;
        case UP_TO_DATE, REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD -> Pushed.MOVED;
        default -> Pushed.REFUSED;
      };
    } catch (IOException e) {
      throw unreachable(e);
    } finally {
      lock.unlock();
    }
  }

  private void transfer() throws IOException {
    try (Transport transport = connect()) {
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.setRemoveDeletedRefs(true);
      FetchResult result = transport.fetch(NullProgressMonitor.INSTANCE, List.of(ALL_BRANCHES));
      Ref head = result.getAdvertisedRef(Constants.HEAD);
      if (head != null && head.isSymbolic()) {
        clone.updateRef(Constants.HEAD).link(head.getTarget().getName());
      }
    }
  }

  private Transport connect() throws IOException {
    Transport transport = Transport.open(clone, uri);
    transport.setTimeout((int) PATIENCE.toSeconds());
    transport.setCredentialsProvider(new NetRCCredentialsProvider());
    if (transport instanceof SshTransport ssh) {
      ssh.setSshSessionFactory(new SshProgram("ssh"));
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      // JGit's own receiver of a folder's pushes runs no hooks, which may protect a branch.
      transport.setOptionReceivePack("exec git-receive-pack");
    }
    return transport;
  }

  private RefusedException unreachable(IOException e) {
    return new RefusedException(
        Answer.error(
            502, "The remote of %s does not answer as git: %s".formatted(name, said(e, uri))));
  }

  private static URIish uri(Hosted hosted) {
    try {
      URIish uri = new URIish(hosted.location());
      if (uri.getScheme() == null || SCHEMES.contains(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new GitHostException(hosted.name() + ": its location is no URL that git knows");
    }
    throw new GitHostException(
        hosted.name() + ": a URL of a repository begins with https://, ssh:// or file://");
  }

  /** Without what the URL holds to sign in. */
  private static String shown(URIish uri) {
    return Text.shown(uri.setPass(null).toString());
  }

  private static String said(IOException e, URIish uri) {
    String message = e instanceof TransportException ? e.getMessage() : null;
    String said = message == null ? e.getClass().getSimpleName() : message;
    String secret = uri.getPass();
    return Text.shown(secret == null ? said : said.replace(secret, "***"), 300);
  }
}
