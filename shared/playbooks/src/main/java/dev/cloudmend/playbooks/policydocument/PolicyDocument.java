package dev.cloudmend.playbooks.policydocument;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A policy as it is written. Order of members and statements, values and the way they are spelled
 * stay through {@link #with} and {@link #without}; only white space goes.
 *
 * <p>What is not understood whole is refused, so that nothing is written from half a reading.
 */
public final class PolicyDocument {

  private static final String VERSION = "Version";
  private static final String STATEMENT = "Statement";
  private static final Set<String> MEMBERS = Set.of(VERSION, "Id", STATEMENT);
  private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");

  // 1.10 is not 1.1 where a condition compares texts.
  private static final ObjectReader READER =
      Json.mapper()
          .readerFor(JsonNode.class)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  private final ObjectNode tree;
  private final List<Statement> statements;

  private PolicyDocument(ObjectNode tree) {
    this.tree = tree;
    this.statements = read(tree.path(STATEMENT));
  }

  /**
   * Reads a policy.
   *
   * @throws PolicyException when it is not JSON, names a member twice, or has a version, member or
   *     value that the policy language does not have
   */
  public static PolicyDocument parse(String text) {
    JsonNode tree;
    try {
      tree = READER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new PolicyException("it is not JSON: " + Text.shown(e.getOriginalMessage(), 200), e);
    }
    if (!(tree instanceof ObjectNode object)) {
      throw new PolicyException("it is not a JSON object");
    }
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                throw new PolicyException(
                    "it has the unknown member '" + Text.shown(name, 80) + "'");
              }
            });
    JsonNode version = object.path(VERSION);
    if (!version.isMissingNode() && !VERSIONS.contains(version.asText())) {
      throw new PolicyException("it has the unknown version " + Text.shown(version.toString(), 80));
    }
    var document = new PolicyDocument(object);
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(document.print())) {
      throw new PolicyException("it has half a character, which could not be written back");
    }
    return document;
  }

  /** A policy of the present version without a statement; not yet one that AWS takes. */
  public static PolicyDocument empty() {
    ObjectNode tree = Json.object().put(VERSION, "2012-10-17");
    tree.putArray(STATEMENT);
    return new PolicyDocument(tree);
  }

  /** Whether there is no statement in it. */
  public boolean isEmpty() {
    return statements.isEmpty();
  }

  /** The statements, in order. */
  public List<Statement> statements() {
    return statements;
  }

  /** The statements of a Sid; AWS lets there be one at most. */
  public List<Statement> withSid(String sid) {
    return statements.stream().filter(s -> s.sid().filter(sid::equals).isPresent()).toList();
  }

  /** The first statement that says all that another one says. */
  public Optional<Statement> covering(Statement wanted) {
    return statements.stream().filter(s -> s.covers(wanted)).findFirst();
  }

  /**
   * The ids in its principals that stand for users and roles that were deleted, sorted. AWS refuses
   * to take a policy that has one.
   */
  public List<String> deletedPrincipals() {
    var deleted = new TreeSet<String>();
    statements.forEach(s -> deleted.addAll(s.deletedPrincipals()));
    return List.copyOf(deleted);
  }

  /**
   * This policy with one statement more, at the end.
   *
   * @throws PolicyException when the result would differ in anything else
   */
  public PolicyDocument with(Statement added) {
    List<Statement> more = new ArrayList<>(statements);
    more.add(added);
    return checked(this, replaced(more), added, true);
  }

  /**
   * This policy without one of its statements.
   *
   * @throws PolicyException when the statement is not in it, or the result would differ in anything
   *     else
   */
  public PolicyDocument without(Statement removed) {
    List<Statement> fewer = new ArrayList<>(statements);
    fewer.remove(removed);
    return checked(replaced(fewer), this, removed, false);
  }

  /**
   * Whether one policy is the other and exactly one statement more: read anew from their texts,
   * everything else has to be the same, in the same order.
   */
  public static boolean differByExactly(
      PolicyDocument less, PolicyDocument more, Statement statement) {
    PolicyDocument small = parse(less.print());
    PolicyDocument large = parse(more.print());
    List<String> texts = new ArrayList<>(large.texts());
    return texts.remove(statement.print())
        && texts.equals(small.texts())
        && small.frame().equals(large.frame());
  }

  /** The policy on one line. */
  public String print() {
    return Json.write(tree);
  }

  /** How many bytes {@link #print} has in UTF-8. */
  public int bytes() {
    return print().getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return print();
  }

  private static PolicyDocument checked(
      PolicyDocument less, PolicyDocument more, Statement statement, boolean added) {
    if (!differByExactly(less, more, statement)) {
      throw new PolicyException(
          "it cannot be written " + (added ? "with" : "without") + " just that one statement");
    }
    return added ? more : less;
  }

  private PolicyDocument replaced(List<Statement> others) {
    ObjectNode copy = tree.deepCopy();
    ArrayNode array = copy.arrayNode();
    others.forEach(s -> array.add(s.json()));
    // In its old place: set keeps the order of members.
    copy.set(STATEMENT, array);
    return new PolicyDocument(copy);
  }

  private List<String> texts() {
    return statements.stream().map(Statement::print).toList();
  }

  /** All but the statements. */
  private String frame() {
    ObjectNode frame = tree.deepCopy();
    frame.putNull(STATEMENT);
    return Json.write(frame);
  }

  private static List<Statement> read(JsonNode element) {
    if (element instanceof ObjectNode one) {
      return List.of(Statement.of(one));
    }
    if (!(element instanceof ArrayNode array)) {
      throw new PolicyException("its Statement is neither a statement nor a list of them");
    }
    var statements = new ArrayList<Statement>();
    array.forEach(s -> statements.add(Statement.of(s)));
    return List.copyOf(statements);
  }
}
