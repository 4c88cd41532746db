package dev.cloudmend.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever an event holds, it becomes incidents or is refused with its problems. */
class HostileEventsTest {

  private static final List<String> SAMPLES = Samples.texts();
  private static final List<JsonNode> OTHERS =
      List.of(
          Json.parse("null"),
          Json.parse("true"),
          Json.parse("-7"),
          Json.parse("1e400"),
          Json.parse("\"\""),
          Json.parse("\"arn:aws:s3:::\\u202e\""),
          Json.parse("\"+1000000000-12-31T23:59:59Z\""),
          Json.parse("[]"),
          Json.parse("[null]"),
          Json.parse("{}"),
          Json.toTree("-a".repeat(50_000)),
          Json.parse("[".repeat(900) + "]".repeat(900)));

  /** One byte of a sample that becomes another. */
  record Flip(int sample, int at, int to) {}

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void everyTruncationIsRefusedAsNoDocument() {
    for (String sample : SAMPLES) {
      byte[] bytes = sample.strip().getBytes(StandardCharsets.UTF_8);
      for (int length = 0; length < bytes.length; length++) {
        String cut = new String(bytes, 0, length, StandardCharsets.UTF_8);
        assertThat(outcome(cut)).isEqualTo("no document");
      }
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void everyMemberMayBeMissingOrOfAnyKind() {
    int read = 0;
    int refused = 0;
    for (String sample : SAMPLES) {
      ObjectNode whole = Json.parseObject(sample);
      for (String pointer : pointers(whole, "")) {
        for (JsonNode other : OTHERS) {
          ObjectNode event = whole.deepCopy();
          replace(event, pointer, other);
          if (outcome(event).equals("read")) {
            read++;
          } else {
            refused++;
          }
        }
        ObjectNode event = whole.deepCopy();
        remove(event, pointer);
        outcome(event);
      }
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }

  @Property(tries = 10_000)
  void changedBytesAreReadOrRefused(@ForAll("flips") List<Flip> flips) {
    byte[] bytes = SAMPLES.get(flips.getFirst().sample()).getBytes(StandardCharsets.UTF_8).clone();
    for (Flip flip : flips) {
      bytes[flip.at() % bytes.length] = (byte) flip.to();
    }

    assertThat(outcome(new String(bytes, StandardCharsets.UTF_8)))
        .isIn("no document", "refused", "read");
  }

  @Provide
  Arbitrary<List<Flip>> flips() {
    return Combinators.combine(
            Arbitraries.integers().between(0, SAMPLES.size() - 1),
            Arbitraries.integers().between(0, 100_000),
            Arbitraries.integers().between(0, 255))
        .as(Flip::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static String outcome(String text) {
    ObjectNode event;
    try {
      event = Json.parseObject(text);
    } catch (ModelException e) {
      return "no document";
    }
    return outcome(event);
  }

  /** Anything but the documented exception passes through and fails the test. */
  private static String outcome(ObjectNode event) {
    try {
      Resources resources = Samples.resources(event);
      List<String> ids =
          resources.resources().stream()
              .flatMap(r -> r.incidents().stream())
              .map(Incident::incidentId)
              .toList();
      assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
      assertThat(Json.write(resources).length()).isLessThan(250_000);
      return "read";
    } catch (UnreadableEventException e) {
      assertThat(e.problems())
          .isNotEmpty()
          .allSatisfy(p -> assertThat(p.pointer()).startsWith("/"));
      return "refused";
    }
  }

  private static List<String> pointers(JsonNode node, String at) {
    var all = new ArrayList<String>();
    if (!at.isEmpty()) {
      all.add(at);
    }
    for (var member : node.properties()) {
      String name = member.getKey().replace("~", "~0").replace("/", "~1");
      all.addAll(pointers(member.getValue(), at + "/" + name));
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        all.addAll(pointers(node.get(i), at + "/" + i));
      }
    }
    return all;
  }

  private static void replace(ObjectNode event, String pointer, JsonNode other) {
    JsonNode parent = parent(event, pointer);
    if (parent instanceof ObjectNode object) {
      object.set(name(pointer), other);
    } else {
      ((ArrayNode) parent).set(Integer.parseInt(name(pointer)), other);
    }
  }

  private static void remove(ObjectNode event, String pointer) {
    JsonNode parent = parent(event, pointer);
    if (parent instanceof ObjectNode object) {
      object.remove(name(pointer));
    } else {
      ((ArrayNode) parent).remove(Integer.parseInt(name(pointer)));
    }
  }

  private static JsonNode parent(ObjectNode event, String pointer) {
    return event.at(pointer.substring(0, pointer.lastIndexOf('/')));
  }

  private static String name(String pointer) {
    return pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }
}
