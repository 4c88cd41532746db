package dev.cloudmend.local.cli;

import dev.cloudmend.emulators.StateFolder;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.TargetAccount;
import dev.cloudmend.local.sandbox.Sandbox;
import dev.cloudmend.local.sandbox.TemporarySandbox;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ModelException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that needs an account or a data folder. */
final class TargetOptions {

  @Option(
      names = "--target",
      paramLabel = "sandbox|aws|URL",
      defaultValue = "sandbox",
      description =
          "The account to work on: the running sandbox, or one for the time of the command; AWS with the ordinary credential chain; or an emulator's URL. Default: ${DEFAULT-VALUE}.")
  private String target = "sandbox";

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "The region where an event does not say one. Default: AWS_REGION for aws, else us-east-1.")
  private @Nullable String region;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "A named profile of the shared AWS configuration.")
  private @Nullable String profile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The folder for audit trail, incidents and executions. Default: a folder for the target under the user's state directory.")
  private @Nullable Path data;

  @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
  private boolean json;

  boolean isJson() {
    return json;
  }

  /** The target and where its data is; closing it ends a sandbox that was made for this command. */
  static final class Place implements AutoCloseable {
    private final TargetAccount account;
    private final Path data;
    private final Optional<TemporarySandbox> temporary;

    private Place(TargetAccount account, Path data, Optional<TemporarySandbox> temporary) {
      this.account = account;
      this.data = data;
      this.temporary = temporary;
    }

    TargetAccount account() {
      return account;
    }

    Path data() {
      return data;
    }

    @Override
    public void close() {
      temporary.ifPresent(TemporarySandbox::close);
    }
  }

  /** Finds the data folder without an account, for commands that only read or mark what is kept. */
  Path dataFolder() {
    if (data != null) {
      return data;
    }
    return switch (target) {
      case "sandbox" ->
          Sandbox.running()
              .map(Sandbox::data)
              .orElseThrow(
                  () ->
                      new InputException(
                          "no sandbox is running, so there is no data folder; expected --data DIR, another --target, or './cloudmend sandbox start' first"));
      case "aws" -> StateFolder.ofUser().resolve("aws");
      default -> ofUrl(url());
    };
  }

  /**
   * Looks at the options without starting anything.
   *
   * @throws InputException when one cannot be used
   */
  void check() {
    account(Optional.empty(), Optional.empty());
    if (!target.equals("sandbox") && !target.equals("aws")) {
      url();
    }
  }

  /**
   * Finds or makes the account.
   *
   * @throws InputException when an option cannot be used
   */
  Place open(Console console) {
    return switch (target) {
      case "sandbox" ->
          Sandbox.running().map(this::inRunning).orElseGet(() -> inTemporary(console));
      case "aws" ->
          new Place(
              account(Optional.empty(), regionOfEnvironment()),
              data == null ? StateFolder.ofUser().resolve("aws") : data,
              Optional.empty());
      default -> {
        URI url = url();
        yield new Place(
            account(Optional.of(url), Optional.empty()),
            data == null ? ofUrl(url) : data,
            Optional.empty());
      }
    };
  }

  /**
   * The account as it stands, for what is deployed in it; nothing is started.
   *
   * @throws InputException when no sandbox runs, or an option cannot be used
   */
  TargetAccount standing() {
    if (data != null) {
      throw new InputException("--data: a deployed suite keeps its data in its own tables");
    }
    return switch (target) {
      case "sandbox" ->
          Sandbox.running()
              .map(s -> account(Optional.of(s.endpoint()), Optional.empty()))
              .orElseThrow(
                  () ->
                      new InputException(
                          "no sandbox is running; expected './cloudmend sandbox start' first, or --target aws"));
      case "aws" -> account(Optional.empty(), regionOfEnvironment());
      default -> account(Optional.of(url()), regionOfEnvironment());
    };
  }

  private Place inRunning(Sandbox sandbox) {
    return new Place(
        account(Optional.of(sandbox.endpoint()), Optional.empty()),
        data == null ? sandbox.data() : data,
        Optional.empty());
  }

  private Place inTemporary(Console console) {
    check();
    TemporarySandbox sandbox = TemporarySandbox.start(console::progress);
    return new Place(
        account(Optional.of(sandbox.endpoint()), Optional.empty()),
        data == null ? sandbox.data() : data,
        Optional.of(sandbox));
  }

  /** Region and profile, for commands that look at no account. */
  TargetAccount withoutAccount() {
    return account(Optional.empty(), isAws() ? regionOfEnvironment() : Optional.empty());
  }

  private static Optional<String> regionOfEnvironment() {
    return Optional.ofNullable(System.getenv("AWS_REGION"))
        .or(() -> Optional.ofNullable(System.getenv("AWS_DEFAULT_REGION")));
  }

  private TargetAccount account(Optional<URI> endpoint, Optional<String> otherRegion) {
    String chosen = region != null ? region : otherRegion.orElse("us-east-1");
    try {
      Arn.checkRegion(chosen);
    } catch (ModelException e) {
      throw new InputException("--region: " + e.getMessage());
    }
    return new TargetAccount(endpoint, chosen, Optional.ofNullable(profile));
  }

  /** Whether the command works on AWS itself. */
  boolean isAws() {
    return target.equals("aws");
  }

  private URI url() {
    return url(
        "--target", target, "sandbox, aws or an emulator's URL such as http://127.0.0.1:5000");
  }

  /**
   * Reads an address that an option gives.
   *
   * @throws InputException when it is none
   */
  static URI url(String option, String text) {
    return url(option, text, "a URL such as http://127.0.0.1:5000");
  }

  private static URI url(String option, String text, String expected) {
    try {
      URI uri = URI.create(text);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below, with what was expected.
    }
    throw new InputException(
        option + ": '" + Console.shown(text) + "' is not known; expected " + expected);
  }

  private static Path ofUrl(URI url) {
    return StateFolder.ofUser().resolve("targets").resolve(url.getHost() + "-" + url.getPort());
  }
}
