package dev.cloudmend.terraform.rules;

import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.Call;
import dev.cloudmend.terraform.hcl.Expression.Heredoc;
import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.Expression.Parenthesised;
import dev.cloudmend.terraform.hcl.Expression.Quoted;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import dev.cloudmend.terraform.hcl.HclException;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.hcl.ObjectEntry;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.PolicyDocument.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the policy that a resource is given, by the ways that lead to one in the same module. */
final class PolicyReader {

  private static final String DOCUMENT = "aws_iam_policy_document";

  private final ResourceBlock resource;
  private final Module module;

  PolicyReader(ResourceBlock resource) {
    this.resource = resource;
    this.module = resource.module();
  }

  PolicyDocument read(Attribute argument) {
    Read read = read(resource.file(), argument.value());
    return new PolicyDocument(resource, argument, read.statements(), read.whole(), read.source());
  }

  private record Read(List<PolicyStatement> statements, boolean whole, Source source) {
    static Read nothing(String reason) {
      return new Read(List.of(), false, new Source.Opaque(reason));
    }

    Read withoutEdits(String reason) {
      return new Read(statements, whole, new Source.Opaque(reason));
    }
  }

  private Read read(HclFile file, Expression policy) {
    return switch (policy) {
      case Parenthesised inner -> read(file, inner.inner());
      case Call call when call.name().equals("jsonencode") && call.arguments().size() == 1 ->
          encoded(file, call.arguments().getFirst(), false);
      case Heredoc heredoc ->
          json(file, heredoc.content().start(), file.text(heredoc.content()), true);
      case Quoted quoted ->
          quoted
              .string()
              .map(text -> json(file, 0, "  " + text, false))
              .orElseGet(() -> Read.nothing("the policy is a text with computed parts"));
      case Reference reference when names(reference, "data", DOCUMENT) -> document(reference);
      case Reference reference ->
          Mentions.localName(reference)
              .flatMap(name -> module.local(name))
              .map(
                  local ->
                      read(local.file(), local.it())
                          .withoutEdits("the policy is a local value, which others may use"))
              .orElseGet(() -> Read.nothing("the policy is known at apply only"));
      default -> Read.nothing("the policy is computed: " + file.text(policy.span()));
    };
  }

  private Read document(Reference reference) {
    return module.data(DOCUMENT).stream()
        .filter(data -> data.name().equals(reference.names().get(2)))
        .findFirst()
        .map(
            data -> {
              var statements = new ArrayList<>(PolicyBlocks.statements(data));
              boolean whole = PolicyBlocks.isWhole(data);
              for (Expression other : PolicyBlocks.others(data)) {
                // Their own sources could lead in a circle, so they are not followed.
                Optional<ResourceBlock> source = documentOf(other);
                source.map(PolicyBlocks::statements).ifPresent(statements::addAll);
                whole &=
                    source
                        .filter(s -> PolicyBlocks.isWhole(s) && PolicyBlocks.others(s).isEmpty())
                        .isPresent();
              }
              return new Read(statements, whole, new Source.Blocks(data));
            })
        .orElseGet(() -> Read.nothing("the policy's document is not declared here"));
  }

  private Optional<ResourceBlock> documentOf(Expression expression) {
    return module.data(DOCUMENT).stream().filter(data -> data.isMeantBy(expression)).findFirst();
  }

  /**
   * JSON is read as the HCL that it is too, at the very offsets that it has in the file.
   *
   * @param start the offset of the text in the file
   */
  private Read json(HclFile file, int start, String text, boolean editable) {
    int at = text.indexOf('{');
    if (at < 0 || start + at < 2 || !text.substring(0, at).isBlank()) {
      return Read.nothing("the policy is no JSON object");
    }
    String padded = " ".repeat(start + at - 2) + "x=" + text.substring(at).stripTrailing() + "\n";
    try {
      HclFile read = HclFile.parse(file.path(), padded.getBytes(StandardCharsets.UTF_8));
      Read found =
          encoded(editable ? file : read, read.body().attributes().getFirst().value(), true);
      return editable ? found : found.withoutEdits("the policy is a text in quotes");
    } catch (HclException e) {
      return Read.nothing("the policy cannot be read as JSON");
    }
  }

  private Read encoded(HclFile file, Expression document, boolean json) {
    Optional<String> local = Mentions.localName(document);
    if (local.isPresent()) {
      return module
          .local(local.get())
          .filter(given -> given.it() instanceof ObjectValue)
          .map(given -> encoded(given.file(), given.it(), json))
          .orElseGet(() -> Read.nothing("the policy is computed"))
          .withoutEdits("the policy is a local value, which others may use");
    }
    Optional<Expression> statements =
        document instanceof ObjectValue object
            ? object.entry("Statement").map(ObjectEntry::value)
            : Optional.empty();
    if (statements.isEmpty()) {
      return Read.nothing("the policy's statements are not written there");
    }
    return switch (statements.get()) {
      case ObjectValue one ->
          new Read(List.of(statement(file, one)), true, new Source.Encoded(file, one, json));
      case Tuple tuple -> {
        List<PolicyStatement> read =
            tuple.elements().stream()
                .filter(ObjectValue.class::isInstance)
                .map(ObjectValue.class::cast)
                .map(one -> statement(file, one))
                .toList();
        yield new Read(
            read, read.size() == tuple.elements().size(), new Source.Encoded(file, tuple, json));
      }
      default -> Read.nothing("the policy's statements are computed");
    };
  }

  private PolicyStatement statement(HclFile file, ObjectValue object) {
    return new PolicyStatement(
        file,
        object.span(),
        value(file, object, "Sid"),
        value(file, object, "Effect"),
        value(file, object, "Principal"),
        value(file, object, "Action"),
        value(file, object, "Resource"),
        value(file, object, "Condition"));
  }

  private Value value(HclFile file, ObjectValue object, String key) {
    if (object.entries().stream().anyMatch(entry -> entry.name().isEmpty())) {
      return new Value.Unknown("a key of the statement is computed");
    }
    return object
        .entry(key)
        .map(entry -> module.value(file, entry.value()))
        .orElseGet(Value.Unset::new);
  }

  private static boolean names(Reference reference, String... first) {
    List<String> names = reference.names();
    return names.size() > first.length && names.subList(0, first.length).equals(List.of(first));
  }
}
