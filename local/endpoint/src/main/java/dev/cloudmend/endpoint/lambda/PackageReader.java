package dev.cloudmend.endpoint.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.cloudmend.endpoint.Body;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the code in a CreateFunction or UpdateFunctionCode call: {@code Code.ZipFile} or {@code
 * ZipFile} (Base64, up to 70 MB), or where in S3 it lies. Reads the call as a stream: a tree of it
 * would hold the package twice more in memory.
 */
final class PackageReader {

  private static final JsonFactory FACTORY = new JsonFactory();

  private PackageReader() {}

  /**
   * What the call says.
   *
   * @param codeSha256 of the package in the call, empty when there is none
   * @param fields S3Bucket, S3Key, S3ObjectVersion and FunctionName, those that are there
   */
  record Found(String codeSha256, Map<String, String> fields) {}

  /**
   * Reads the call and keeps the package that it carries.
   *
   * @throws CodeException when the call cannot be read, or the package not be kept
   */
  static Found read(Body body, CodeStore store) throws CodeException {
    var fields = new HashMap<String, String>();
    String digest = "";
    try (JsonParser parser = FACTORY.createParser(body.stream())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.FIELD_NAME) {
          continue;
        }
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING && name.equals("ZipFile")) {
          digest = store.keep(out -> parser.readBinaryValue(out));
        } else if (value == JsonToken.VALUE_STRING && isWanted(name)) {
          fields.put(name, parser.getText());
        } else if (value.isStructStart() && !name.equals("Code")) {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new CodeException("the call cannot be read");
    }
    return new Found(digest, fields);
  }

  private static boolean isWanted(String name) {
    return switch (name) {
      case "S3Bucket", "S3Key", "S3ObjectVersion", "FunctionName" -> true;
      default -> false;
    };
  }
}
