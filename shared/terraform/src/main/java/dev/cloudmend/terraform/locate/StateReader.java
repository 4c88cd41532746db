package dev.cloudmend.terraform.locate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads one state or plan as a stream: of a resource only what {@link Kind} asks for is kept, and
 * the rest, secrets among it, is passed over.
 */
final class StateReader {

  /** An ARN has at most as many characters; what is longer names nothing. */
  private static final int LONGEST = 2048;

  private static final JsonFactory FACTORY = new JsonFactory();

  private final String name;
  private final JsonParser in;
  private final List<StateResource> state = new ArrayList<>();
  private final List<StateResource> before = new ArrayList<>();
  private final List<StateResource> planned = new ArrayList<>();
  private boolean recognised;

  private StateReader(String name, JsonParser in) {
    this.name = name;
    this.in = in;
  }

  /** Empty where it is JSON that is neither. */
  static Optional<List<StateResource>> read(String name, InputStream content) throws IOException {
    try (JsonParser in = FACTORY.createParser(content)) {
      var reader = new StateReader(name, in);
      reader.document();
      return reader.recognised ? Optional.of(reader.all()) : Optional.empty();
    }
  }

  /** What a plan finds in the account counts before what it wants of it. */
  private List<StateResource> all() {
    Set<String> addresses = before.stream().map(StateResource::address).collect(Collectors.toSet());
    Stream<StateResource> only =
        planned.stream().filter(resource -> !addresses.contains(resource.address()));
    return Stream.of(state.stream(), before.stream(), only).flatMap(s -> s).toList();
  }

  private void document() throws IOException {
    in.nextToken();
    fields(
        field -> {
          switch (field) {
            case "version" -> version();
            case "format_version" -> formatVersion();
            case "resources" -> elements(this::resource);
            case "values" -> values(Way.STATE, state);
            case "planned_values" -> values(Way.PLAN, planned);
            case "prior_state" ->
                fields(
                    inner -> {
                      if (inner.equals("values")) {
                        values(Way.PLAN, before);
                      }
                    });
            default -> {}
          }
        });
    in.skipChildren();
    if (in.nextToken() != null) {
      throw new StateException(name + " goes on after the end of the JSON document");
    }
  }

  private void version() throws IOException {
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return;
    }
    if (!in.getText().equals("4")) {
      throw new StateException(
          name
              + " is a state of another version than 4; Terraform 0.12 and later write version 4"
              + " with the next apply");
    }
    recognised = true;
  }

  private void formatVersion() throws IOException {
    Optional<String> version = text();
    if (version.filter(v -> v.startsWith("0.") || v.startsWith("1.")).isEmpty()) {
      throw new StateException(
          name + " has a format_version other than 0.x and 1.x, which is not known here");
    }
    recognised = true;
  }

  /** An entry of a state file's {@code resources}. */
  private void resource() throws IOException {
    var head = Json.object();
    var instances = new ArrayList<ObjectNode>();
    fields(
        field -> {
          switch (field) {
            case "mode", "module", "type", "name" -> text().ifPresent(t -> head.put(field, t));
            case "instances" -> elements(() -> instances.add(instance()));
            default -> {}
          }
        });
    if (!isWanted(head)) {
      return;
    }
    String module = head.path("module").asText();
    String type = head.path("type").asText();
    String address =
        (module.isEmpty() ? "" : module + ".") + type + "." + head.path("name").asText();
    for (ObjectNode instance : instances) {
      if (!instance.has("deposed")) {
        state.add(
            new StateResource(
                Way.STATE,
                address + instance.path("key").asText(),
                type,
                instance.path("attributes")));
      }
    }
  }

  private ObjectNode instance() throws IOException {
    ObjectNode instance = Json.object();
    fields(
        field -> {
          switch (field) {
            case "index_key" -> key().ifPresent(key -> instance.put("key", "[" + key + "]"));
            case "deposed" -> text().ifPresent(deposed -> instance.put("deposed", true));
            case "attributes", "attributes_flat" -> {
              if (in.currentToken() == JsonToken.START_OBJECT) {
                instance.set("attributes", attributes());
              }
            }
            default -> {}
          }
        });
    return instance;
  }

  private Optional<String> key() throws IOException {
    return in.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? Optional.of(in.getText())
        : text().map(Json::write);
  }

  private void values(Way way, List<StateResource> into) throws IOException {
    fields(
        field -> {
          if (field.equals("root_module")) {
            module(way, into);
          }
        });
  }

  private void module(Way way, List<StateResource> into) throws IOException {
    fields(
        field -> {
          switch (field) {
            case "resources" -> elements(() -> shown(way, into));
            case "child_modules" -> elements(() -> module(way, into));
            default -> {}
          }
        });
  }

  private void shown(Way way, List<StateResource> into) throws IOException {
    ObjectNode head = Json.object();
    fields(
        field -> {
          switch (field) {
            case "mode", "type", "address", "deposed_key" ->
                text().ifPresent(t -> head.put(field, t));
            case "values" -> {
              if (in.currentToken() == JsonToken.START_OBJECT) {
                head.set("values", attributes());
              }
            }
            default -> {}
          }
        });
    if (isWanted(head) && !head.has("deposed_key")) {
      into.add(
          new StateResource(
              way, head.path("address").asText(), head.path("type").asText(), head.path("values")));
    }
  }

  private static boolean isWanted(JsonNode head) {
    return head.path("mode").asText().equals("managed")
        && head.path("type").asText().startsWith("aws_");
  }

  private ObjectNode attributes() throws IOException {
    ObjectNode kept = Json.object();
    fields(
        field -> {
          if (Kind.ATTRIBUTES.contains(field)) {
            text().ifPresent(t -> kept.put(field, t));
            if (in.currentToken() == JsonToken.START_ARRAY) {
              kept.set(field, list());
            }
          }
        });
    return kept;
  }

  /** The texts of a list, and of its objects the volumes' ids. */
  private ArrayNode list() throws IOException {
    ArrayNode kept = Json.mapper().createArrayNode();
    elements(
        () -> {
          text().map(TextNode::valueOf).ifPresent(kept::add);
          fields(
              field -> {
                if (field.equals(Kind.VOLUME_ID)) {
                  text().map(TextNode::valueOf).ifPresent(kept::add);
                }
              });
        });
    return kept;
  }

  private Optional<String> text() throws IOException {
    return in.currentToken() == JsonToken.VALUE_STRING && in.getTextLength() <= LONGEST
        ? Optional.of(in.getText())
        : Optional.empty();
  }

  /** Something to do at a field's value, which need not read it. */
  private interface OfField {
    void at(String field) throws IOException;
  }

  /** Something to do at an element, which need not read it. */
  private interface OfElement {
    void at() throws IOException;
  }

  /** The fields of the object at hand; does nothing at anything else. */
  private void fields(OfField each) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      return;
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      each.at(field);
      // Does nothing at the end of what was read.
      in.skipChildren();
    }
  }

  /** The elements of the list at hand; does nothing at anything else. */
  private void elements(OfElement each) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      return;
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      each.at();
      in.skipChildren();
    }
  }
}
