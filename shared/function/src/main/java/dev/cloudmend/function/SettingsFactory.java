package dev.cloudmend.function;

import dev.cloudmend.model.ModelException;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the {@link Settings}. */
@Factory
final class SettingsFactory {

  private static final String EXTERNAL_IDS = "cloudmend.external-ids";

  @Singleton
  Settings settings(Environment environment) {
    return new Settings(
        isLive(text(environment, "cloudmend.live")),
        text(environment, "cloudmend.region")
            .or(() -> Optional.ofNullable(System.getenv("AWS_REGION")))
            .orElse("us-east-1"),
        text(environment, "cloudmend.profile"),
        orCommon(environment, "cloudmend.target.endpoint"),
        orCommon(environment, "cloudmend.tables.endpoint"),
        text(environment, "cloudmend.tables.audit").orElse("cloudmend-audit"),
        text(environment, "cloudmend.tables.state").orElse("cloudmend-state"),
        address(environment, "cloudmend.bedrock.endpoint"),
        asksClaude(text(environment, "cloudmend.diagnoser")),
        text(environment, "cloudmend.configuration"),
        orCommon(environment, "cloudmend.configuration-endpoint"),
        text(environment, "cloudmend.policy").map(Path::of),
        list(environment, "cloudmend.own-role-arns"),
        list(environment, "cloudmend.trusted-senders"));
  }

  @Singleton
  MemberSettings members(Environment environment) {
    return new MemberSettings(
        list(environment, "cloudmend.members"),
        text(environment, "cloudmend.member-prefix").orElse("cloudmend"),
        text(environment, EXTERNAL_IDS).map(arn -> Secret.arn(EXTERNAL_IDS, arn)),
        orCommon(environment, "cloudmend.external-ids-endpoint"));
  }

  private static Optional<String> text(Environment environment, String name) {
    return environment.getProperty(name, String.class).filter(s -> !s.isBlank());
  }

  private static boolean isLive(Optional<String> text) {
    return switch (text.orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      // A run switch that cannot be read is no yes, and the user believes it says something.
      default ->
          throw new ModelException(
              "cloudmend.live is '" + text.get() + "'; expected true or false");
    };
  }

  private static boolean asksClaude(Optional<String> text) {
    return switch (text.orElse("playbook")) {
      case "claude" -> true;
      case "playbook" -> false;
      default ->
          throw new ModelException(
              "cloudmend.diagnoser is '" + text.get() + "'; expected playbook or claude");
    };
  }

  /** An address, else the one for all of AWS that its SDKs and command line know too. */
  private static Optional<URI> orCommon(Environment environment, String name) {
    return address(environment, name).or(() -> address(environment, "aws.endpoint.url"));
  }

  private static Optional<URI> address(Environment environment, String name) {
    Optional<String> text = text(environment, name);
    try {
      return text.map(URI::create);
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          name + " is not an address; expected one such as http://127.0.0.1:8000", e);
    }
  }

  private static List<String> list(Environment environment, String name) {
    return text(environment, name).stream()
        .flatMap(all -> List.of(all.split(",")).stream())
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }
}
