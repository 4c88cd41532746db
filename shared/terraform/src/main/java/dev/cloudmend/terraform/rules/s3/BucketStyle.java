package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.Remedy;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a module writes the settings of its buckets as blocks in them, as up to version 3 of the
 * provider, or as resources of their own.
 */
final class BucketStyle {

  private static final List<String> RESOURCES =
      List.of(
          Buckets.ACL, Buckets.ENCRYPTION, Buckets.LIFECYCLE, Buckets.LOGGING, Buckets.VERSIONING);

  private static final List<String> BLOCKS =
      List.of("lifecycle_rule", "logging", "server_side_encryption_configuration", "versioning");

  private static final Pattern HIGHEST =
      Pattern.compile("\\s*(?<operator>=|~>|<=?)?\\s*(?<major>\\d{1,4})(?<rest>[.\\d]*)\\s*");

  private static final Predicate<Module> INLINE = BucketStyle::isWrittenInline;

  private BucketStyle() {}

  /** Adds a setting as the module writes such settings. */
  static Remedy add(ResourceBlock bucket, String block, String inline, String type, String rest) {
    return isInline(bucket.module())
        ? Remedies.addBlock(bucket, bucket.block().body(), block, inline)
        : Remedies.sibling(bucket, type, "bucket", "id", rest);
  }

  static boolean isInline(Module module) {
    return module.is(INLINE);
  }

  private static boolean isWrittenInline(Module module) {
    if (RESOURCES.stream().anyMatch(type -> !module.resources(type).isEmpty())) {
      return false;
    }
    return Buckets.in(module).stream()
            .anyMatch(bucket -> BLOCKS.stream().anyMatch(type -> !bucket.nested(type).isEmpty()))
        || constraints(module).anyMatch(BucketStyle::isBeforeFour);
  }

  private static Stream<String> constraints(Module module) {
    return module.files().stream()
        .map(HclFile::body)
        .flatMap(
            body ->
                Stream.concat(
                    body.blocks("provider", "aws").stream()
                        .flatMap(provider -> provider.attribute("version").stream())
                        .flatMap(version -> version.value().string().stream()),
                    body.blocks("terraform").stream()
                        .flatMap(terraform -> terraform.blocks("required_providers").stream())
                        .flatMap(BucketStyle::required)));
  }

  private static Stream<String> required(Block providers) {
    return providers.attribute("aws").stream()
        .flatMap(
            aws ->
                aws.value() instanceof Expression.ObjectValue object
                    ? object.entry("version").stream().map(entry -> entry.value())
                    : Stream.of(aws.value()))
        .flatMap(version -> version.string().stream());
  }

  /** Only what pins a version or names a highest one tells. */
  private static boolean isBeforeFour(String constraint) {
    return Stream.of(constraint.split(","))
        .map(HIGHEST::matcher)
        .filter(Matcher::matches)
        .anyMatch(
            found -> {
              int major = Integer.parseInt(found.group("major"));
              boolean belowFour =
                  "<".equals(found.group("operator"))
                      && found.group("rest").replaceAll("[.0]", "").isEmpty();
              return major < 4 || (major == 4 && belowFour);
            });
  }
}
