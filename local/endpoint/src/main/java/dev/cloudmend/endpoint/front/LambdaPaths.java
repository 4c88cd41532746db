package dev.cloudmend.endpoint.front;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which operation of Lambda's REST API a request is for.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html">Lambda API</a>
 */
final class LambdaPaths {

  private record Route(String method, Pattern path, String operation) {}

  private static final List<Route> ROUTES =
      List.of(
          route("GET", "functions", "ListFunctions"),
          route("POST", "functions", "CreateFunction"),
          route("GET", "functions/*", "GetFunction"),
          route("DELETE", "functions/*", "DeleteFunction"),
          route("PUT", "functions/*/code", "UpdateFunctionCode"),
          route("GET", "functions/*/configuration", "GetFunctionConfiguration"),
          route("PUT", "functions/*/configuration", "UpdateFunctionConfiguration"),
          route("POST", "functions/*/invocations", "Invoke"),
          route("POST", "functions/*/invoke-async", "InvokeAsync"),
          route("POST", "functions/*/response-streaming-invocations", "InvokeWithResponseStream"),
          route("GET", "functions/*/versions", "ListVersionsByFunction"),
          route("POST", "functions/*/versions", "PublishVersion"),
          route("GET", "functions/*/aliases", "ListAliases"),
          route("POST", "functions/*/aliases", "CreateAlias"),
          route("GET", "functions/*/aliases/*", "GetAlias"),
          route("PUT", "functions/*/aliases/*", "UpdateAlias"),
          route("DELETE", "functions/*/aliases/*", "DeleteAlias"),
          route("GET", "functions/*/policy", "GetPolicy"),
          route("POST", "functions/*/policy", "AddPermission"),
          route("DELETE", "functions/*/policy/*", "RemovePermission"),
          route("GET", "functions/*/concurrency", "GetFunctionConcurrency"),
          route("PUT", "functions/*/concurrency", "PutFunctionConcurrency"),
          route("DELETE", "functions/*/concurrency", "DeleteFunctionConcurrency"),
          route("GET", "functions/*/event-invoke-config", "GetFunctionEventInvokeConfig"),
          route("PUT", "functions/*/event-invoke-config", "PutFunctionEventInvokeConfig"),
          route("POST", "functions/*/event-invoke-config", "UpdateFunctionEventInvokeConfig"),
          route("DELETE", "functions/*/event-invoke-config", "DeleteFunctionEventInvokeConfig"),
          route(
              "GET", "functions/*/event-invoke-config/functions", "ListFunctionEventInvokeConfigs"),
          route("GET", "functions/*/code-signing-config", "GetFunctionCodeSigningConfig"),
          route("GET", "functions/*/runtime-management-config", "GetRuntimeManagementConfig"),
          route("GET", "event-source-mappings", "ListEventSourceMappings"),
          route("POST", "event-source-mappings", "CreateEventSourceMapping"),
          route("GET", "event-source-mappings/*", "GetEventSourceMapping"),
          route("PUT", "event-source-mappings/*", "UpdateEventSourceMapping"),
          route("DELETE", "event-source-mappings/*", "DeleteEventSourceMapping"),
          route("GET", "tags/*", "ListTags"),
          route("POST", "tags/*", "TagResource"),
          route("DELETE", "tags/*", "UntagResource"));

  private LambdaPaths() {}

  /**
   * The operation's name.
   *
   * @param path still encoded, without the query
   */
  static Optional<String> operation(String method, String path) {
    return ROUTES.stream()
        .filter(route -> route.method().equals(method) && route.path().matcher(path).matches())
        .map(Route::operation)
        .findFirst();
  }

  /** Paths begin with the date of the API that the operation came with. */
  private static Route route(String method, String path, String operation) {
    String pattern = "/\\d{4}-\\d{2}-\\d{2}/" + path.replace("*", "[^/]+") + "/?";
    return new Route(method, Pattern.compile(pattern), operation);
  }
}
