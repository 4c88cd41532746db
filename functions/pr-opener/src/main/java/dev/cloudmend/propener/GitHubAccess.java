package dev.cloudmend.propener;

import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.function.Secret;
import dev.cloudmend.function.SecretException;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.pullrequests.GitHub;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Connects to GitHub when that is needed first, so that a snapshot of the function holds no secret,
 * and anew where the secret holds another login.
 */
final class GitHubAccess implements AutoCloseable {

  private final GitHubSettings settings;
  private final Configuration.PullRequests configuration;
  private final Optional<ClaudeBlockAuthor> author;
  private final Clock clock;

  /** One that others may still be asking by is not closed before the function ends. */
  private final List<Connection> opened = new ArrayList<>();

  private @Nullable Secret<Login> secret;

  /**
   * Connects to nothing yet.
   *
   * @param author who writes what no rule can mend; ends with this
   */
  GitHubAccess(
      GitHubSettings settings,
      Configuration.PullRequests configuration,
      Optional<ClaudeBlockAuthor> author,
      Clock clock) {
    this.settings = settings;
    this.configuration = configuration;
    this.author = author;
    this.clock = clock;
  }

  /**
   * The connection that holds now.
   *
   * @throws NoAccessException when a setting or a secret is missing or not understood
   * @throws TryAgainException when the secret cannot be read now
   */
  synchronized Connection connection() {
    try {
      return connection(login());
    } catch (SecretException e) {
      if (e.isPassing()) {
        throw new TryAgainException(e.getMessage() + ": " + e.code(), e);
      }
      throw new NoAccessException("cloudmend.github.secret: " + e.getMessage() + ": " + e.code());
    }
  }

  /**
   * Another connection in place of one that GitHub refused, where the secret holds another login by
   * now.
   */
  synchronized Optional<Connection> renewed(Connection refused) {
    Secret<Login> from = secret;
    if (from == null) {
      return Optional.empty();
    }
    try {
      Login now = from.renewed();
      return now.fingerprint().equals(refused.login())
          ? Optional.empty()
          : Optional.of(connection(now));
    } catch (SecretException e) {
      // Then what GitHub said of the other one is all there is to say.
      return Optional.empty();
    }
  }

  @Override
  public synchronized void close() {
    opened.forEach(Connection::close);
    opened.clear();
    author.ifPresent(ClaudeBlockAuthor::close);
  }

  private Connection connection(Login login) {
    Optional<Connection> known =
        opened.stream().filter(c -> c.login().equals(login.fingerprint())).findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    GitHub github;
    try {
      URI address = settings.address().map(URI::create).orElse(GitHub.DEFAULT_ADDRESS);
      github = new GitHub(address, login.credentials(), GitHub.DEFAULT_PATIENCE, clock);
    } catch (IllegalArgumentException e) {
      throw new NoAccessException(
          "cloudmend.github.address is none that is asked; expected an https URL without user and"
              + " query, such as https://github.example.com/api/v3");
    }
    Connection fresh =
        Connection.of(
            login.fingerprint(),
            github,
            configuration,
            author.map(ClaudeBlockAuthor::authoring),
            clock);
    opened.add(fresh);
    return fresh;
  }

  private Login login() {
    if (settings.secret().isPresent() == settings.token().isPresent()) {
      throw new NoAccessException(
          settings.token().isPresent()
              ? "cloudmend.github.secret and cloudmend.github.token are both set; one of them says"
                  + " who asks GitHub"
              : "nobody is set who may ask GitHub; set cloudmend.github.secret");
    }
    if (settings.token().isPresent()) {
      try {
        return Login.ofToken(settings.token().get());
      } catch (IllegalArgumentException e) {
        throw new NoAccessException("cloudmend.github.token: " + e.getMessage());
      }
    }
    if (secret == null) {
      secret = secret(settings.secret().orElseThrow());
    }
    return secret.value();
  }

  private Secret<Login> secret(String arn) {
    try {
      return new Secret<>(
          Secret.arn("cloudmend.github.secret", arn),
          settings.secretEndpoint().map(URI::create),
          clock,
          Login.FORM,
          Login::of);
    } catch (ModelException e) {
      // What is there instead may be a token.
      throw new NoAccessException(
          "cloudmend.github.secret is not the ARN of a Secrets Manager secret");
    } catch (IllegalArgumentException e) {
      throw new NoAccessException(
          "cloudmend.github.secret-endpoint is not an address; expected one such as"
              + " http://127.0.0.1:5000");
    }
  }
}
