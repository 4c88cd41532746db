package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.PolicyDocument;
import dev.cloudmend.terraform.rules.PolicyStatement;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A bucket answers requests that are not encrypted on their way. The violation is the bucket's,
 * wherever its policy is written.
 */
final class TlsOnly implements SourceRule {

  private static final String KEY = "aws:SecureTransport";

  private static final RuleInfo INFO =
      new RuleInfo(
          "s3-bucket-tls-only",
          "An S3 bucket refuses requests without TLS",
          """
          Over plain HTTP everybody on the way can read the data, and the signature of the \
          request. One Deny in the bucket's policy refuses such requests; it lets nobody in.""",
          Severity.MEDIUM,
          Safety.SIBLING,
          List.of("CKV_AWS_379"),
          List.of(),
          List.of("s3-bucket-tls-only"),
          List.of(Buckets.BUCKET));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return Buckets.in(module).stream()
        .flatMap(
            bucket ->
                remedy(bucket).stream()
                    .map(
                        remedy ->
                            Found.missing(
                                INFO, bucket, "its policy lets requests in without TLS", remedy)))
        .toList();
  }

  /** What would mend it; empty where it is not certainly violating. */
  private static Optional<Remedy> remedy(ResourceBlock bucket) {
    Buckets.Siblings siblings = Buckets.siblings(bucket, Buckets.POLICY);
    List<PolicyDocument> policies =
        Stream.concat(Stream.of(bucket), siblings.found().stream())
            .flatMap(resource -> PolicyDocument.of(resource, "policy").stream())
            .toList();
    if (policies.isEmpty()) {
      return siblings.isMissing() ? Optional.of(policy(bucket)) : Optional.empty();
    }
    boolean certain =
        siblings.isWhole()
            && policies.stream()
                .allMatch(
                    policy ->
                        policy.isWhole()
                            && policy.statements().stream().noneMatch(TlsOnly::mayRefuse));
    return certain ? Optional.of(added(bucket, policies.getFirst())) : Optional.empty();
  }

  /** What of a statement is not known counts in its favour. */
  private static boolean mayRefuse(PolicyStatement statement) {
    return !statement.allows()
        && (statement.principal() instanceof Value.Unknown || statement.isForAnyone())
        && (statement.action() instanceof Value.Unknown
            || statement.actions().contains("*")
            || statement.actions().contains("s3:*"))
        && (statement.condition() instanceof Value.Unknown
            || statement
                .condition(KEY)
                .filter(value -> PolicyStatement.texts(value).contains("false"))
                .isPresent());
  }

  private static Remedy policy(ResourceBlock bucket) {
    return Remedies.sibling(
        bucket,
        Buckets.POLICY,
        one -> {
          Map<String, String> document = new LinkedHashMap<>();
          document.put("Version", HclText.string("2012-10-17"));
          document.put("Statement", "[\n" + printed(one + ".arn").hcl().indent(2) + "]");
          return HclText.arguments(Map.of("bucket", one + ".id"))
              + "\n\npolicy = jsonencode("
              + HclText.object(document)
              + ")";
        });
  }

  private static Remedy added(ResourceBlock bucket, PolicyDocument policy) {
    Optional<String> arn = arn(bucket, policy.resource());
    return arn.isPresent()
        ? policy.add(printed(arn.get()))
        : new Remedy.None("how its policy is to name the bucket cannot be told from the source");
  }

  /** The expression for the bucket's ARN, next to that for its name. */
  private static Optional<String> arn(ResourceBlock bucket, ResourceBlock policy) {
    if (policy.equals(bucket)) {
      return Optional.empty();
    }
    return policy
        .block()
        .attribute("bucket")
        .flatMap(
            there -> {
              String text = policy.file().text(there.value().span());
              boolean direct =
                  there.value() instanceof Reference reference
                      && (reference.root().equals(Buckets.BUCKET)
                          || text.startsWith("each.value."));
              if (direct && (text.endsWith(".id") || text.endsWith(".bucket"))) {
                return Optional.of(text.substring(0, text.lastIndexOf('.')) + ".arn");
              }
              return bucket.repetition().isEmpty()
                  ? Optional.of(bucket.address() + ".arn")
                  : Optional.empty();
            })
        .filter(text -> fits(text, policy));
  }

  /** In a document of its own, {@code each} and {@code count} are those of the document. */
  private static boolean fits(String text, ResourceBlock policy) {
    boolean repeated = text.contains("each.") || text.contains("count.");
    boolean apart =
        policy.block().attribute("policy").stream()
            .flatMap(argument -> argument.value().references().stream())
            .anyMatch(reference -> reference.root().equals("data"));
    return !repeated || !apart;
  }

  private static PolicyDocument.Printed printed(String arn) {
    return new PolicyDocument.Printed(
        TlsStatement.hcl(arn), TlsStatement.json(arn), TlsStatement.block(arn));
  }
}
