package dev.cloudmend.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that Lambda gets, each in a class loader that sees nothing else. */
class PackagedFunctionTest {

  private static final Path ROOT = ProjectFiles.ofLauncher().root();

  @RegisterExtension final FreshStore tables = new FreshStore();
  @TempDir private Path folder;

  @Test
  void thePackagedIntakeReadsAnEvent() throws Exception {
    String event = Files.readString(ROOT.resolve("events/vanta/s3-public-access-block.json"));

    JsonNode answer =
        invoke(
            "intake", "dev.cloudmend.intake.IntakeHandler", Map.of(), "{\"event\":" + event + "}");

    assertThat(answer.at("/resources/0/incidents/0/playbook").asText())
        .isEqualTo("s3-bucket-block-public-access");
  }

  @Test
  void thePackagedDeciderDecidesByAPolicyFile() throws Exception {
    Incident incident = SampleIncidents.of("evt-1", "s3-bucket-versioning", RunOptions.NONE);
    tables.store().incidents().open(incident, "e");
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            "rules: [{name: asks, when: {finding: {severity: [HIGH]}}, mode: guided}]");
    var settings = new HashMap<>(tables.handlerSettings());
    settings.put("cloudmend.policy", policy.toString());

    JsonNode answer =
        invoke(
            "decider",
            "dev.cloudmend.decider.DeciderHandler",
            settings,
            """
            {"incidentId":"%s","execution":"e","playbook":"s3-bucket-versioning","run":{},"attempt":1,
             "hash":"sha256:0000000000000000000000000000000000000000000000000000000000000000",
             "diagnosis":{"origin":"PLAYBOOK","confidence":"high"}}
            """
                .formatted(incident.incidentId()));

    assertThat(answer.at("/decision/rule").asText()).isEqualTo("asks");

    assertThat(answer.path("outcome").asText()).isEqualTo("PLANNED");
    assertThat(answer.at("/decision/dryRun").asBoolean()).isTrue();
  }

  @Test
  void thePackagedDiagnoserAsksClaude() throws Exception {
    Incident incident = SampleIncidents.unmatched("evt-1", RunOptions.NONE);
    tables.store().incidents().open(incident, "e");
    try (FakeBedrock bedrock = FakeBedrock.start()) {
      bedrock.answers(Answers.of("medium"));
      var settings = new HashMap<>(tables.handlerSettings());
      settings.put("cloudmend.diagnoser", "claude");
      settings.put("cloudmend.bedrock.endpoint", bedrock.endpoint().toString());

      JsonNode answer =
          invoke(
              "diagnoser",
              "dev.cloudmend.diagnoser.DiagnoserHandler",
              settings,
              """
              {"incidentId":"%s","execution":"e","run":{},"attempt":0}
              """
                  .formatted(incident.incidentId()));

      assertThat(answer.path("outcome").asText()).isEqualTo("UNSUPPORTED");
      assertThat(answer.at("/diagnosis/origin").asText()).as("%s", answer).isEqualTo("CLAUDE");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "assessor,dev.cloudmend.assessor.AssessorHandler",
    "remediator,dev.cloudmend.remediator.RemediatorHandler",
    "pr-opener,dev.cloudmend.propener.PrOpenerHandler",
    "audit-writer,dev.cloudmend.auditwriter.AuditWriterHandler"
  })
  void thePackagedFunctionStarts(String name, String handler) throws Exception {
    try (URLClassLoader loader = loader(name)) {
      Object started = loader.loadClass(handler).getConstructor().newInstance();
      ((AutoCloseable) started).close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "intake",
    "assessor",
    "diagnoser",
    "decider",
    "remediator",
    "pr-opener",
    "audit-writer"
  })
  void thePackageIsSmallEnoughForLambda(String name) throws IOException {
    assertThat(Files.size(zip(name))).isLessThan(50L * 1024 * 1024);
  }

  @ParameterizedTest
  @CsvSource({"intake", "diagnoser", "decider", "pr-opener", "audit-writer"})
  void aFunctionThatReadsNoAccountHasNoClientsOfAccounts(String name) throws IOException {
    assertThat(unpacked(name).resolve("lib"))
        .isDirectoryNotContaining(
            file -> file.getFileName().toString().matches("(s3|s3control|ec2|iam)-\\d.*"));
  }

  private JsonNode invoke(String name, String handler, Map<String, Object> settings, String input)
      throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = loader(name)) {
      thread.setContextClassLoader(loader);
      Class<?> context = loader.loadClass("com.amazonaws.services.lambda.runtime.Context");
      Object started = loader.loadClass(handler).getConstructor(Map.class).newInstance(settings);
      var out = new ByteArrayOutputStream();
      loader
          .loadClass("com.amazonaws.services.lambda.runtime.RequestStreamHandler")
          .getMethod("handleRequest", InputStream.class, OutputStream.class, context)
          .invoke(
              started,
              new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
              out,
              Proxy.newProxyInstance(
                  loader,
                  new Class<?>[] {context},
                  (proxy, method, arguments) ->
                      method.getReturnType() == int.class ? (Object) 512 : name));
      ((AutoCloseable) started).close();
      return Json.parse(out.toString(StandardCharsets.UTF_8));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private URLClassLoader loader(String name) throws IOException {
    Path unpacked = unpacked(name);
    List<URL> urls = new ArrayList<>();
    urls.add(unpacked.toUri().toURL());
    try (var libraries = Files.list(unpacked.resolve("lib"))) {
      for (Path library : libraries.sorted().toList()) {
        urls.add(library.toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private Path unpacked(String name) throws IOException {
    Path to = folder.resolve(name);
    try (var zip = new ZipInputStream(Files.newInputStream(zip(name)))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = to.resolve(entry.getName()).normalize();
        assertThat(file).startsWithRaw(to);
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(Objects.requireNonNull(file.getParent()));
          Files.copy(zip, file);
        }
      }
    }
    return to;
  }

  private static Path zip(String name) {
    Path zip = ROOT.resolve("functions").resolve(name).resolve("target").resolve(name + ".zip");
    assertThat(zip).as("made by the package phase of functions/" + name).exists();
    return zip;
  }
}
