package dev.cloudmend.endpoint.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Values by name, for each place, in one JSON file. */
final class SwitchFile {

  private final Path file;

  SwitchFile(Path file) {
    this.file = file;
  }

  synchronized Map<String, String> get(String place) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : read().path(place).properties()) {
      values.put(entry.getKey(), entry.getValue().asText());
    }
    return values;
  }

  synchronized void put(String place, Map<String, String> changes) {
    ObjectNode all = read();
    changes.forEach(all.withObjectProperty(place)::put);
    write(all);
  }

  synchronized void remove(String place, Set<String> names) {
    ObjectNode all = read();
    all.withObjectProperty(place).remove(names);
    write(all);
  }

  synchronized void remove(String place) {
    ObjectNode all = read();
    all.remove(place);
    write(all);
  }

  private void write(ObjectNode all) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path unfinished = Files.writeString(Path.of(file + ".part"), Json.pretty(all));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private ObjectNode read() {
    try {
      return Files.exists(file) ? Json.parseObject(Files.readString(file)) : Json.object();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
