package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ModuleCall;
import dev.cloudmend.terraform.project.ResourceBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Buckets, and the resources that each of their settings became with provider 4. */
final class Buckets {

  static final String BUCKET = "aws_s3_bucket";
  static final String ACL = "aws_s3_bucket_acl";
  static final String ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration";
  static final String LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";
  static final String LOGGING = "aws_s3_bucket_logging";
  static final String OWNERSHIP = "aws_s3_bucket_ownership_controls";
  static final String POLICY = "aws_s3_bucket_policy";
  static final String PUBLIC_ACCESS_BLOCK = "aws_s3_bucket_public_access_block";
  static final String VERSIONING = "aws_s3_bucket_versioning";
  static final String WEBSITE = "aws_s3_bucket_website_configuration";

  private static final int DEEPEST = 8;

  private Buckets() {}

  /**
   * The resources of a type that set something of a bucket.
   *
   * @param isWhole whether there are certainly no others, here or in a module that calls this one
   */
  record Siblings(List<ResourceBlock> found, boolean isWhole) {

    /** Whether there is certainly none. */
    boolean isMissing() {
      return found.isEmpty() && isWhole;
    }
  }

  private enum Meaning {
    THIS,
    ANOTHER,
    UNKNOWN
  }

  /** The buckets that a module declares. */
  static List<ResourceBlock> in(Module module) {
    return module.resources(BUCKET);
  }

  /** What sets something of a bucket. */
  static Siblings siblings(ResourceBlock bucket, String type) {
    var found = new ArrayList<ResourceBlock>();
    boolean whole = !setElsewhere(bucket, type);
    for (ResourceBlock one : bucket.module().resources(type)) {
      switch (meaning(one, bucket, 0)) {
        case THIS -> found.add(one);
        case ANOTHER -> {}
        case UNKNOWN -> whole = false;
      }
    }
    return new Siblings(found, whole);
  }

  /** The bucket that a resource sets something of, where this module declares it. */
  static Optional<ResourceBlock> bucketOf(ResourceBlock sibling) {
    return in(sibling.module()).stream()
        .filter(bucket -> meaning(sibling, bucket, 0) == Meaning.THIS)
        .findFirst();
  }

  /** Whether an expression names a bucket, by reference or by its name. */
  static boolean names(ResourceBlock user, Expression expression, ResourceBlock bucket) {
    return meaning(user, expression, bucket, 0) == Meaning.THIS;
  }

  private static Meaning meaning(ResourceBlock user, ResourceBlock bucket, int depth) {
    return user.block()
        .attribute("bucket")
        .map(there -> meaning(user, there.value(), bucket, depth))
        .orElse(Meaning.UNKNOWN);
  }

  private static Meaning meaning(
      ResourceBlock user, Expression expression, ResourceBlock bucket, int depth) {
    if (expression instanceof Reference direct && direct.root().equals(BUCKET)) {
      return direct.names().size() > 1 && direct.names().get(1).equals(bucket.name())
          ? Meaning.THIS
          : Meaning.ANOTHER;
    }
    if (bucket.isMeantBy(expression)) {
      return Meaning.THIS;
    }
    Optional<String> name = user.module().value(user.file(), expression).text();
    if (name.isPresent()) {
      return name.equals(bucket.value("bucket").text()) ? Meaning.THIS : Meaning.ANOTHER;
    }
    List<Reference> references = expression.references();
    if (references.isEmpty() || depth > DEEPEST) {
      return Meaning.UNKNOWN;
    }
    boolean unknown = false;
    for (Reference reference : references) {
      switch (meaning(user, reference, bucket, depth + 1)) {
        case THIS -> {
          return Meaning.THIS;
        }
        case ANOTHER -> {}
        case UNKNOWN -> unknown = true;
      }
    }
    return unknown ? Meaning.UNKNOWN : Meaning.ANOTHER;
  }

  private static Meaning meaning(
      ResourceBlock user, Reference reference, ResourceBlock bucket, int depth) {
    if (bucket.isMeantBy(reference)) {
      return Meaning.THIS;
    }
    if (depth > DEEPEST) {
      return Meaning.UNKNOWN;
    }
    List<String> names = reference.names();
    return switch (reference.root()) {
      case BUCKET, "data", "module" -> Meaning.ANOTHER;
      case "local" ->
          Optional.of(names)
              .filter(path -> path.size() > 1)
              .flatMap(path -> user.module().local(path.get(1)))
              .map(local -> meaning(user, local.it(), bucket, depth + 1))
              .orElse(Meaning.UNKNOWN);
      case "each" ->
          user.block()
              .attribute("for_each")
              .map(each -> ofEach(user, each, bucket, depth))
              .orElse(Meaning.UNKNOWN);
      default ->
          reference.root().startsWith(BUCKET + "_") && names.size() > 1
              ? user.module().resources(reference.root()).stream()
                  .filter(other -> other.name().equals(names.get(1)))
                  .findFirst()
                  .map(other -> meaning(other, bucket, depth + 1))
                  .orElse(Meaning.UNKNOWN)
              : Meaning.UNKNOWN;
    };
  }

  /** Names that are given to buckets and to what sets something of them mean those buckets. */
  private static Meaning ofEach(
      ResourceBlock user, Attribute each, ResourceBlock bucket, int depth) {
    String own = user.file().text(each.value().span());
    return bucket
            .block()
            .attribute("for_each")
            .filter(there -> bucket.file().text(there.value().span()).equals(own))
            .isPresent()
        ? Meaning.THIS
        : meaning(user, each.value(), bucket, depth + 1);
  }

  /** A bucket's id goes out to a caller, or into a module, that may set what is missing here. */
  private static boolean setElsewhere(ResourceBlock bucket, String type) {
    Module module = bucket.module();
    return module.project().callers(module).stream().anyMatch(call -> setsItsBuckets(call, type))
        || module.calls().stream()
            .filter(
                call ->
                    call.block().body().attributes().stream()
                        .anyMatch(argument -> bucket.isMeantBy(argument.value())))
            .anyMatch(call -> maySet(call, type));
  }

  private static boolean setsItsBuckets(ModuleCall call, String type) {
    List<String> own = List.of("module", call.name());
    return call.module().resources(type).stream()
        .flatMap(resource -> resource.block().attribute("bucket").stream())
        .flatMap(attribute -> attribute.value().references().stream())
        .map(Reference::names)
        .anyMatch(names -> names.size() > 1 && names.subList(0, 2).equals(own));
  }

  private static boolean maySet(ModuleCall call, String type) {
    return call.folder()
        .map(
            folder ->
                call.module()
                    .project()
                    .module(folder)
                    .filter(callee -> callee.resources(type).isEmpty() && callee.calls().isEmpty())
                    .isEmpty())
        .orElseGet(() -> call.source().filter(source -> !source.contains("s3")).isEmpty());
  }
}
