package dev.cloudmend.aws;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * One operation of the SDK, found by its name in the API.
 *
 * <p>Found with method handles: {@code Class.getMethod} on a client would load every request and
 * response class of the service.
 */
final class Operation {

  private static final Map<String, Optional<Operation>> FOUND = new ConcurrentHashMap<>();
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();
  private static final MethodType NEW = MethodType.methodType(SdkPojo.class);
  private static final MethodType SEND =
      MethodType.methodType(SdkResponse.class, SdkClient.class, SdkRequest.class);

  private final Service service;
  private final String name;
  private final MethodHandle newRequest;
  private final MethodHandle newResponse;
  private final MethodHandle send;

  private Operation(
      Service service,
      String name,
      MethodHandle newRequest,
      MethodHandle newResponse,
      MethodHandle send) {
    this.service = service;
    this.name = name;
    this.newRequest = newRequest;
    this.newResponse = newResponse;
    this.send = send;
  }

  /** The operation, unless the API or this version of the SDK has none of that name. */
  static Optional<Operation> find(Service service, String name) {
    if (!OperationTable.of(service).has(name)) {
      return Optional.empty();
    }
    return FOUND.computeIfAbsent(service.id() + ":" + name, key -> load(service, name));
  }

  Service service() {
    return service;
  }

  List<Requirement> requirements() {
    return OperationTable.of(service).requirements(name);
  }

  /** An empty builder of the request. */
  SdkPojo newRequest() {
    return invoke(() -> (SdkPojo) newRequest.invokeExact());
  }

  /** An empty builder of the response; tells what members it may have. */
  SdkPojo newResponse() {
    return invoke(() -> (SdkPojo) newResponse.invokeExact());
  }

  SdkResponse send(SdkClient client, SdkRequest request) {
    return invoke(() -> (SdkResponse) send.invokeExact(client, request));
  }

  private static Optional<Operation> load(Service service, String name) {
    return load(service, name, name)
        .or(() -> load(service, name, OperationTable.withLowerAcronyms(name)));
  }

  private static Optional<Operation> load(Service service, String name, String javaName) {
    try {
      ClassLoader loader = Operation.class.getClassLoader();
      String prefix = service.modelPackage() + "." + javaName;
      Class<?> request = Class.forName(prefix + "Request", false, loader);
      Class<?> requestBuilder = Class.forName(prefix + "Request$Builder", false, loader);
      Class<?> response = Class.forName(prefix + "Response", false, loader);
      Class<?> responseBuilder = Class.forName(prefix + "Response$Builder", false, loader);
      Class<?> client = Class.forName(service.clientClass(), false, loader);
      // The method keeps the API's spelling where the classes do not.
      String method = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
      return Optional.of(
          new Operation(
              service,
              name,
              LOOKUP
                  .findStatic(request, "builder", MethodType.methodType(requestBuilder))
                  .asType(NEW),
              LOOKUP
                  .findStatic(response, "builder", MethodType.methodType(responseBuilder))
                  .asType(NEW),
              LOOKUP
                  .findVirtual(client, method, MethodType.methodType(response, request))
                  .asType(SEND)));
    } catch (ClassNotFoundException | NoSuchMethodException e) {
      return Optional.empty();
    } catch (NoClassDefFoundError e) {
      // On a file system that ignores case, a class file of another spelling is found and refused.
      return Optional.empty();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the SDK's " + service.id() + " classes are not public", e);
    }
  }

  private static <T> T invoke(Invocation<T> invocation) {
    try {
      return invocation.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the SDK threw a checked exception", e);
    }
  }

  private interface Invocation<T> {
    T run() throws Throwable;
  }
}
