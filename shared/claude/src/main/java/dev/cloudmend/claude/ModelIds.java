package dev.cloudmend.claude;

import java.util.Optional;

/**
 * The model that is asked where the configuration names none: Claude Sonnet 4.5, which Bedrock
 * offers through inference profiles alone. A profile's prefix says where the question may be
 * answered: {@code us.}, {@code us-gov.}, {@code eu.}, {@code jp.} and {@code au.} keep it there,
 * {@code global.} may send it to any commercial region.
 *
 * <p>This model has no {@code apac.} profile, unlike those before it: such an id is answered with
 * "The provided model identifier is invalid", so the other regions of Asia go through {@code
 * global.}
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html">
 *     Supported Regions and models for inference profiles</a>
 */
final class ModelIds {

  private static final String SONNET = "anthropic.claude-sonnet-4-5-20250929-v1:0";

  private ModelIds() {}

  /**
   * The id to ask with.
   *
   * @param configured a model, profile or ARN, used as it is written
   * @param region the region that is asked
   */
  static String of(Optional<String> configured, String region) {
    return configured.orElseGet(() -> prefix(region) + SONNET);
  }

  private static String prefix(String region) {
    return switch (region) {
      case "ap-northeast-1", "ap-northeast-3" -> "jp.";
      case "ap-southeast-2", "ap-southeast-4" -> "au.";
      case String r when r.startsWith("us-gov-") -> "us-gov.";
      case String r when r.startsWith("us-") -> "us.";
      case String r when r.startsWith("eu-") -> "eu.";
      default -> "global.";
    };
  }
}
