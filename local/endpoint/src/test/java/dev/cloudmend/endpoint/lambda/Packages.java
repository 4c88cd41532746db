package dev.cloudmend.endpoint.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Packages of functions, compiled here, with the interfaces of Lambda's own library. */
final class Packages {

  private static final String LIBRARY = "com.amazonaws.services.lambda.runtime.";

  /** The part of aws-lambda-java-core that handlers need. */
  private static final Map<String, String> LIBRARY_SOURCES =
      Map.of(
          LIBRARY + "RequestStreamHandler",
          """
          package com.amazonaws.services.lambda.runtime;
          public interface RequestStreamHandler {
            void handleRequest(java.io.InputStream in, java.io.OutputStream out, Context context)
                throws java.io.IOException;
          }
          """,
          LIBRARY + "LambdaLogger",
          """
          package com.amazonaws.services.lambda.runtime;
          public interface LambdaLogger {
            void log(String message);
            void log(byte[] message);
          }
          """,
          LIBRARY + "Context",
          """
          package com.amazonaws.services.lambda.runtime;
          public interface Context {
            String getAwsRequestId();
            String getLogGroupName();
            String getLogStreamName();
            String getFunctionName();
            String getFunctionVersion();
            String getInvokedFunctionArn();
            int getRemainingTimeInMillis();
            int getMemoryLimitInMB();
            LambdaLogger getLogger();
            default String getTenantId() { return "nobody"; }
          }
          """);

  private Packages() {}

  /** The text of a handler class {@code example.Handler}, of which only the body is given. */
  static byte[] handler(Path folder, String body) throws IOException {
    String source =
        """
        package example;
        import com.amazonaws.services.lambda.runtime.*;
        import java.io.*;
        import java.nio.charset.StandardCharsets;
        public class Handler implements RequestStreamHandler {
          static int calls;
          static String quote(String text) { return "\\"" + text + "\\""; }
          static void write(OutputStream out, String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
          }
        %s
        }
        """
            .formatted(body);
    return compiled(folder, Map.of("example.Handler", source));
  }

  static byte[] zip(Map<String, byte[]> entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] compiled(Path folder, Map<String, String> sources) throws IOException {
    Path classes = Files.createTempDirectory(folder, "classes");
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    List<JavaFileObject> units = new ArrayList<>();
    Stream.of(LIBRARY_SOURCES, sources)
        .flatMap(map -> map.entrySet().stream())
        .forEach(entry -> units.add(new Source(entry.getKey(), entry.getValue())));
    var messages = new StringWriter();
    boolean ok =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "--release", "21", "-d", classes.toString()),
                null,
                units)
            .call();
    if (!ok) {
      throw new IllegalArgumentException(messages.toString());
    }
    Path library = classes.resolve("com");
    var libraryEntries = new TreeMap<String, byte[]>();
    var entries = new TreeMap<String, byte[]>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        (file.startsWith(library) ? libraryEntries : entries)
            .put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    entries.put("lib/core.jar", zip(libraryEntries));
    return zip(entries);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String type, String text) {
      super(URI.create("string:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
