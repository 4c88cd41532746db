package dev.cloudmend.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a call or its answer carries, whole. The bytes belong to it: nobody changes them. */
public final class Body {

  public static final Body EMPTY = new Body(new byte[0]);

  private final byte[] bytes;

  private Body(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Body of(byte[] bytes) {
    return new Body(bytes);
  }

  public static Body of(String text) {
    return new Body(text.getBytes(StandardCharsets.UTF_8));
  }

  public byte[] bytes() {
    return bytes;
  }

  public InputStream stream() {
    return new ByteArrayInputStream(bytes);
  }

  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * The body as a JSON object; an empty body is an empty object.
   *
   * @throws ServiceException SerializationException when it is none
   */
  public ObjectNode json() {
    if (bytes.length == 0) {
      return Json.object();
    }
    try {
      return Json.parseObject(text());
    } catch (ModelException e) {
      throw new ServiceException(400, "SerializationException", "The body is not a JSON object");
    }
  }
}
