package dev.cloudmend.endpoint.lambda.runtime;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The {@code Context} that a handler gets, made for whichever version of it the function has. */
final class InvocationContext implements InvocationHandler {

  private final Class<?> logger;
  private final RuntimeApiClient.Invocation invocation;

  private InvocationContext(Class<?> logger, RuntimeApiClient.Invocation invocation) {
    this.logger = logger;
    this.invocation = invocation;
  }

  /**
   * Makes one.
   *
   * @param type the interface {@code Context} of the function's own library
   */
  static Object of(Class<?> type, RuntimeApiClient.Invocation invocation)
      throws ReflectiveOperationException {
    Class<?> logger = type.getMethod("getLogger").getReturnType();
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, new InvocationContext(logger, invocation));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    return switch (method.getName()) {
      case "getAwsRequestId" -> invocation.id();
      case "getInvokedFunctionArn" -> invocation.arn();
      case "getFunctionName" -> Bootstrap.setting("AWS_LAMBDA_FUNCTION_NAME");
      case "getFunctionVersion" -> Bootstrap.setting("AWS_LAMBDA_FUNCTION_VERSION");
      case "getLogGroupName" -> Bootstrap.setting("AWS_LAMBDA_LOG_GROUP_NAME");
      case "getLogStreamName" -> Bootstrap.setting("AWS_LAMBDA_LOG_STREAM_NAME");
      case "getMemoryLimitInMB" ->
          Integer.valueOf(Bootstrap.setting("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
      case "getRemainingTimeInMillis" ->
          (int) Math.max(0, invocation.deadlineMillis() - System.currentTimeMillis());
      case "getLogger" ->
          Proxy.newProxyInstance(
              logger.getClassLoader(), new Class<?>[] {logger}, InvocationContext::log);
      case "toString" -> "Context of " + invocation.id();
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> arguments != null && isSame(proxy, arguments[0]);
      default -> null;
    };
  }

  private static @Nullable Object log(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    if (method.getName().equals("log") && arguments != null) {
      Object message = arguments[0];
      System.out.println(
          message instanceof byte[] bytes
              ? new String(bytes, StandardCharsets.UTF_8)
              : String.valueOf(message));
      return null;
    }
    return switch (method.getName()) {
      case "toString" -> "LambdaLogger";
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> arguments != null && isSame(proxy, arguments[0]);
      default -> null;
    };
  }

  /** Identity is all the equality that a proxy has; {@code equals} would come back to here. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Object proxy, Object other) {
    return proxy == other;
  }
}
