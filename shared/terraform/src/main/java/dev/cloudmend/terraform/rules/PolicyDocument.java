package dev.cloudmend.terraform.rules;

import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.Edits;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.hcl.Span;
import dev.cloudmend.terraform.project.ResourceBlock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An IAM policy as a resource is given it: in {@code jsonencode}, as JSON in a heredoc, or by an
 * {@code aws_iam_policy_document}.
 *
 * @param resource the resource that is given it
 * @param argument what it is given
 * @param statements those that can be read
 * @param isWhole whether there are certainly no others
 * @param source how it is written
 */
public record PolicyDocument(
    ResourceBlock resource,
    Attribute argument,
    List<PolicyStatement> statements,
    boolean isWhole,
    Source source) {

  public PolicyDocument {
    statements = List.copyOf(statements);
  }

  /** How a policy is written, which is what an edit has to know. */
  sealed interface Source {

    /**
     * As an object of HCL, or of JSON, which is one too.
     *
     * @param statements a list, or the one statement
     */
    record Encoded(HclFile file, Expression statements, boolean json) implements Source {}

    /** As blocks of a data source. */
    record Blocks(ResourceBlock data) implements Source {}

    /** In a way that is not edited. */
    record Opaque(String reason) implements Source {}
  }

  /** How a statement is written in each of the languages, as {@code HclText} prints. */
  public record Printed(String hcl, String json, String block) {}

  /** The policy that a resource is given, if it is given one. */
  public static Optional<PolicyDocument> of(ResourceBlock resource, String argument) {
    return resource
        .block()
        .attribute(argument)
        .filter(there -> !(there.value() instanceof Expression.NullValue))
        .map(there -> new PolicyReader(resource).read(there));
  }

  /** The statements of an {@code aws_iam_policy_document}, without those of other documents. */
  public static List<PolicyStatement> statements(ResourceBlock data) {
    return PolicyBlocks.statements(data);
  }

  /** Adds a statement at the end. */
  public Remedy add(Printed statement) {
    return switch (source) {
      case Source.Opaque opaque -> new Remedy.None(opaque.reason());
      case Source.Encoded encoded -> edit(edits -> add(edits, encoded, statement));
      case Source.Blocks blocks ->
          oneUse(blocks.data())
              .orElseGet(
                  () ->
                      edit(
                          blocks.data(),
                          edits ->
                              edits.addBlock(blocks.data().block().body(), statement.block())));
    };
  }

  /** Takes a statement out, unless it is the only one: a policy cannot be empty. */
  public Remedy remove(PolicyStatement statement) {
    if (isWhole && statements.size() == 1) {
      return new Remedy.None(
          "it is the policy's only statement: say who may, or remove the policy yourself");
    }
    return switch (source) {
      case Source.Opaque opaque -> new Remedy.None(opaque.reason());
      case Source.Encoded encoded when encoded.statements() instanceof Tuple tuple ->
          edit(edits -> remove(edits, tuple, statement.place()));
      case Source.Encoded encoded ->
          new Remedy.None("a statement that is no element of a list cannot be taken out");
      case Source.Blocks blocks ->
          blocks.data().block().blocks("statement").stream()
              .filter(
                  block ->
                      statement.file().equals(blocks.data().file())
                          && block.span().equals(statement.place()))
              .findFirst()
              .map(block -> oneUse(blocks.data()).orElseGet(() -> remove(blocks.data(), block)))
              .orElseGet(() -> new Remedy.None("it comes from another policy document"));
    };
  }

  /** The statement's own place, where it is written in the resource's file; else the argument. */
  public Span place(PolicyStatement statement) {
    return statement.file().equals(resource.file()) ? statement.place() : argument.span();
  }

  private Remedy edit(Consumer<Edits> change) {
    return ignored().orElseGet(() -> Remedies.edit(resource, change));
  }

  private Remedy edit(ResourceBlock data, Consumer<Edits> change) {
    return ignored().orElseGet(() -> Remedies.edit(data, change));
  }

  private Remedy remove(ResourceBlock data, Block block) {
    return edit(data, edits -> edits.remove(block));
  }

  /** Terraform does not apply a change of what it is told to ignore. */
  private Optional<Remedy> ignored() {
    return resource.ignoresChangesOf(argument.name())
        ? Optional.of(
            new Remedy.None(
                "lifecycle.ignore_changes of %s names %s: Terraform would not apply the edit"
                    .formatted(resource.address(), argument.name())))
        : Optional.empty();
  }

  private static Optional<Remedy> oneUse(ResourceBlock data) {
    int uses = Mentions.of(data).size();
    return uses > 1
        ? Optional.of(
            new Remedy.None(
                data.address() + " is used in " + uses + " places: an edit would change them all"))
        : Optional.empty();
  }

  private static void add(Edits edits, Source.Encoded encoded, Printed statement) {
    String printed = encoded.json() ? statement.json() : statement.hcl();
    switch (encoded.statements()) {
      case Tuple tuple when tuple.elements().isEmpty() ->
          edits.replace(tuple, "[\n" + printed.indent(2) + "]");
      case Tuple tuple when !encoded.json() && isHung(encoded.file(), tuple) ->
          addHung(edits, encoded.file(), tuple, printed);
      case Tuple tuple -> edits.addElement(tuple, printed);
      case ObjectValue one -> {
        String both = atFirstColumn(encoded.file(), one) + ",\n" + printed;
        edits.replace(one, "[\n" + both.indent(2) + "]");
      }
      default -> throw new IllegalStateException("statements are a list or an object");
    }
  }

  /** Whether the last element begins on a line with other things and ends on another one. */
  private static boolean isHung(HclFile file, Tuple tuple) {
    Span last = tuple.elements().getLast().span();
    return !beforeOnLine(file, last.start()).isBlank() && file.text(last).contains("\n");
  }

  /** {@code terraform fmt} indents the brace of every element but the last once more. */
  private static void addHung(Edits edits, HclFile file, Tuple tuple, String printed) {
    int end = tuple.elements().getLast().span().end();
    String before = beforeOnLine(file, end - 1);
    String text = "}, " + printed.replace("\n", "\n" + before);
    edits.replace(
        new Span(end - 1, end),
        (before.isBlank() ? "  " + text : text).replace("\n", file.lineEnd()));
  }

  private static String beforeOnLine(HclFile file, int offset) {
    return file.text().substring(file.text().lastIndexOf('\n', offset - 1) + 1, offset);
  }

  /** In JSON no comma may stand behind the last one, so it goes with what is before it. */
  private static void remove(Edits edits, Tuple tuple, Span place) {
    List<Expression> elements = tuple.elements();
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i).span().equals(place)) {
        if (i > 0 && i == elements.size() - 1) {
          edits.replace(new Span(elements.get(i - 1).span().end(), place.end()), "");
        } else {
          edits.remove(tuple, elements.get(i));
        }
      }
    }
  }

  private static String atFirstColumn(HclFile file, Expression expression) {
    String line = beforeOnLine(file, expression.span().start());
    String indentation = line.substring(0, line.length() - line.stripLeading().length());
    return file.text(expression.span()).replace("\r\n", "\n").replace("\n" + indentation, "\n");
  }
}
