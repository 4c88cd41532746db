package dev.cloudmend.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

  /** One of each kind of event, as its source sends it. */
  private static final List<String> SAMPLES =
      Stream.of(
              "cloudtrail/ec2-authorize-ssh-from-world.json",
              "cloudtrail/s3-delete-bucket-policy.json",
              "cloudtrail/iam-delete-password-policy.json",
              "securityhub/s3-block-public-access.json",
              "securityhub/custom-action.json",
              "securityhub/v2-s3-versioning.json",
              "config/s3-bucket-versioning.json",
              "prowler/s3-tls-only.json",
              "vanta/s3-public-access-block.json",
              "manual/security-group-one-playbook.json")
          .map(Samples::text)
          .toList();

  /** For an event of a few kilobytes; a loop or a copy of a copy would need far more. */
  private static final long MOST_ALLOCATED = 64L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

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

  /** One byte that becomes another. */
  record Flip(int at, int to) {}

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
  void changedBytesOfEachAreReadOrRefused(@ForAll("flips") List<Flip> flips) {
    for (String sample : SAMPLES) {
      byte[] bytes = sample.getBytes(StandardCharsets.UTF_8);
      for (Flip flip : flips) {
        bytes[flip.at() % bytes.length] = (byte) flip.to();
      }

      assertThat(outcome(new String(bytes, StandardCharsets.UTF_8)))
          .isIn("no document", "refused", "read");
    }
  }

  @Provide
  Arbitrary<List<Flip>> flips() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 100_000), Arbitraries.integers().between(0, 255))
        .as(Flip::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void anEventAsLargeAsTheyComeTakesMemoryInProportion() {
    ObjectNode event = Samples.read("securityhub/custom-action.json");
    ArrayNode findings = event.withArray("/detail/findings");
    ObjectNode finding = (ObjectNode) findings.get(0);
    finding.put("Description", "x".repeat(1_000_000));
    ArrayNode resources = finding.withArray("/Resources");
    for (int i = 1; i < 32; i++) {
      resources.add(((ObjectNode) resources.get(0).deepCopy()).put("Id", "arn:aws:s3:::b-" + i));
    }
    while (findings.size() < 100) {
      findings.add(finding.deepCopy());
    }

    // Which of the two it is depends on the limits; that it ends so is the point.
    assertThat(outcome(event)).isIn("read", "refused");
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
    long before = THREADS.getCurrentThreadAllocatedBytes();
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
    } finally {
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
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
