package dev.cloudmend.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import dev.cloudmend.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Checks a document with a JSON Schema of the class path. Nothing is fetched: a reference leads to
 * a schema of this package or to one that was read before.
 */
final class SchemaCheck {

  private static final String OURS = "https://cloudmend.dev/schemas/";
  private static final String FOLDER = "/dev/cloudmend/configuration/";

  private static final Map<String, JsonNode> BY_ID = new ConcurrentHashMap<>();
  private static final Map<String, JsonSchema> BY_RESOURCE = new ConcurrentHashMap<>();

  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(VersionFlag.V202012))
          .schemaLoaders(
              loaders ->
                  loaders
                      .values(List::clear)
                      .add(
                          id -> {
                            byte[] schema = source(id.toString()).toString().getBytes(UTF_8);
                            return () -> new ByteArrayInputStream(schema);
                          }))
          .build();

  private static final SchemaValidatorsConfig SETTINGS =
      SchemaValidatorsConfig.builder().regularExpressionFactory(SchemaCheck::pattern).build();

  private SchemaCheck() {}

  /**
   * What of a document does not fit a schema.
   *
   * @param resource the schema on the class path
   */
  static List<ConfigurationProblem> of(String resource, YamlDocument document) {
    Set<ValidationMessage> messages =
        BY_RESOURCE.computeIfAbsent(resource, SchemaCheck::schema).validate(document.tree());
    var wrongType = new HashSet<String>();
    for (ValidationMessage message : messages) {
      if (message.getType().equals("type")) {
        wrongType.add(pointer(message));
      }
    }
    var problems = new ArrayList<ConfigurationProblem>();
    for (ValidationMessage message : messages) {
      String pointer = pointer(message);
      // Of a value of the wrong type nothing else is worth saying.
      if (message.getType().equals("type") || !wrongType.contains(pointer)) {
        problems.add(
            SchemaProblem.of(
                message.getType(),
                pointer,
                message.getProperty(),
                parent(message.getSchemaLocation()),
                document));
      }
    }
    return problems;
  }

  private static JsonSchema schema(String resource) {
    JsonNode tree = resource(resource);
    String id = tree.path("$id").asText();
    BY_ID.put(id, tree);
    return FACTORY.getSchema(SchemaLocation.of(id), SETTINGS);
  }

  private static JsonNode source(String id) {
    if (id.startsWith(OURS)) {
      return BY_ID.computeIfAbsent(id, i -> resource(FOLDER + i.substring(OURS.length())));
    }
    return Objects.requireNonNull(BY_ID.get(id), () -> "no schema " + id + " is at hand");
  }

  private static JsonNode resource(String name) {
    try (var in = SchemaCheck.class.getResourceAsStream(name)) {
      Objects.requireNonNull(in, () -> "no resource " + name);
      return Json.parse(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema that holds the keyword that a value does not meet. */
  private static JsonNode parent(SchemaLocation location) {
    JsonNode node = source(location.getAbsoluteIri().toString());
    JsonNodePath path = location.getFragment();
    for (int i = 0; i < path.getNameCount() - 1; i++) {
      node =
          path.getElement(i) instanceof Integer index
              ? node.path(index)
              : node.path(path.getElement(i).toString());
    }
    return node;
  }

  private static String pointer(ValidationMessage message) {
    JsonNodePath path = message.getInstanceLocation();
    String pointer = "";
    for (int i = 0; i < path.getNameCount(); i++) {
      pointer = Pointers.member(pointer, path.getElement(i).toString());
    }
    return pointer;
  }

  /** In JSON Schema $ is the end of the text; in Java a line feed may follow. */
  private static RegularExpression pattern(String pattern) {
    Pattern compiled = Pattern.compile(pattern.replaceFirst("(?<!\\\\)\\$$", "\\\\z"));
    return text -> compiled.matcher(text).find();
  }
}
