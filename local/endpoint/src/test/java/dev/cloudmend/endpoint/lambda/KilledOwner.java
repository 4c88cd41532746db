package dev.cloudmend.endpoint.lambda;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.model.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;

/** Another process with a service of its own, in the middle of a call. */
final class KilledOwner {

  private KilledOwner() {}

  /** Takes a data folder, a package and the payload. */
  public static void main(String[] arguments) throws Exception {
    var emulator = new FakeEmulator();
    byte[] zip = Files.readAllBytes(Path.of(arguments[1]));
    String digest =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(zip));
    emulator.put("busy", "$LATEST", FakeEmulator.configuration("$LATEST", digest));
    var settings =
        LambdaSettings.of(
            Path.of(arguments[0]), () -> URI.create("http://127.0.0.1:1"), System.err::println);
    try (var service = new LambdaService(settings, emulator)) {
      var body = Json.object().put("FunctionName", "busy");
      body.putObject("Code").put("ZipFile", Base64.getEncoder().encodeToString(zip));
      var request =
          new AwsRequest(
              "lambda",
              "CreateFunction",
              "eu-west-1",
              "key",
              "POST",
              "/2015-03-31/functions",
              Map.of(),
              Body.of(body.toString()));
      service.watching().succeeded(request, new AwsAnswer(201, Map.of(), Body.EMPTY));
      service.invoke(
          "arn:aws:lambda:eu-west-1:123456789012:function:busy", TextNode.valueOf(arguments[2]));
    }
  }
}
