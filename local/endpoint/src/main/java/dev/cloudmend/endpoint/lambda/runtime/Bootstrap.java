package dev.cloudmend.endpoint.lambda.runtime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * The main class of a function's process: makes the handler, then takes one invocation after the
 * other from the Runtime API until that is gone.
 *
 * <p>Handlers are classes that implement {@code RequestStreamHandler}; the interface comes from the
 * function's own package.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime
 *     API</a>
 */
public final class Bootstrap {

  private static final String LIBRARY = "com.amazonaws.services.lambda.runtime.";

  private Bootstrap() {}

  /**
   * Runs.
   *
   * @param arguments the handler, as the function's configuration names it
   */
  public static void main(String[] arguments) {
    endWithTheParent();
    var api = new RuntimeApiClient(setting("AWS_LAMBDA_RUNTIME_API"));
    try {
      Handler handler;
      try {
        handler = handler(arguments[0]);
      } catch (InvocationTargetException e) {
        throw fail(api, e.getCause() == null ? e : e.getCause());
      } catch (Throwable e) {
        throw fail(api, e);
      }
      while (true) {
        serve(api, handler);
      }
    } catch (IOException e) {
      // The Runtime API is gone, and with it everybody who could want something from this process.
      Runtime.getRuntime().halt(1);
    }
  }

  /** Standard input ends when the process that started this one does, however it does. */
  private static void endWithTheParent() {
    Thread.ofPlatform()
        .daemon()
        .name("parent")
        .start(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // The same as its end.
              }
              Runtime.getRuntime().halt(1);
            });
  }

  private static IOException fail(RuntimeApiClient api, Throwable cause) throws IOException {
    cause.printStackTrace();
    api.initError(cause);
    System.exit(1);
    return new IOException(cause);
  }

  private static void serve(RuntimeApiClient api, Handler handler) throws IOException {
    RuntimeApiClient.Invocation invocation = api.next();
    var out = new ByteArrayOutputStream();
    try {
      handler.handle(new ByteArrayInputStream(invocation.payload()), out, invocation);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      cause.printStackTrace();
      api.error(invocation.id(), cause);
      return;
    } catch (Throwable e) {
      e.printStackTrace();
      api.error(invocation.id(), e);
      return;
    }
    api.response(invocation.id(), out.toByteArray());
  }

  /** One call of the function. */
  private interface Handler {
    void handle(InputStream in, OutputStream out, RuntimeApiClient.Invocation invocation)
        throws Exception;
  }

  private static Handler handler(String name) throws ReflectiveOperationException {
    int separator = name.indexOf("::");
    String className = separator < 0 ? name : name.substring(0, separator);
    String method = separator < 0 ? "handleRequest" : name.substring(separator + 2);
    ClassLoader loader = Bootstrap.class.getClassLoader();
    Class<?> type = Class.forName(className, true, loader);
    Class<?> contract = Class.forName(LIBRARY + "RequestStreamHandler", false, loader);
    if (!contract.isAssignableFrom(type) || !method.equals("handleRequest")) {
      throw new IllegalArgumentException(
          name + " is not a RequestStreamHandler; other handlers are not run here");
    }
    Class<?> context = Class.forName(LIBRARY + "Context", false, loader);
    Method handle =
        contract.getMethod("handleRequest", InputStream.class, OutputStream.class, context);
    Object function = type.getConstructor().newInstance();
    return (in, out, invocation) ->
        handle.invoke(function, in, out, InvocationContext.of(context, invocation));
  }

  static String setting(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }
}
