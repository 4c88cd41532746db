package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.ListTrait;

/** Reads an answer that comes in pages, in whatever way its operation has. */
final class Pages {

  /** A member of the response that names the next page, and the member of the request for it. */
  private record Token(String response, String request) {}

  // In this order: some responses also repeat the token that was asked for.
  private static final List<Token> TOKENS =
      List.of(
          new Token("NextContinuationToken", "ContinuationToken"),
          new Token("NextToken", "NextToken"),
          new Token("NextMarker", "Marker"),
          new Token("Marker", "Marker"),
          new Token("ContinuationToken", "ContinuationToken"));

  private Pages() {}

  /**
   * @throws AwsCallException when a page fails, when a page token comes a second time, or when the
   *     answer is cut short and names no next page
   */
  static List<JsonNode> readAll(
      ApiCall first, String member, Function<ApiCall, ObjectNode> reader) {
    Operation operation = ApiCallCodec.operation(first);
    Map<String, SdkField<?>> answers = Members.of(operation.newResponse());
    Map<String, SdkField<?>> parameters = Members.of(operation.newRequest());
    checkList(first, member, answers);
    Optional<Token> token =
        TOKENS.stream()
            .filter(t -> answers.containsKey(t.response()) && parameters.containsKey(t.request()))
            .findFirst();

    var elements = new ArrayList<JsonNode>();
    var seen = new HashSet<String>();
    ApiCall call = first;
    while (true) {
      ObjectNode page = reader.apply(call);
      page.path(member).forEach(elements::add);
      Optional<String> next = next(call, page, token);
      if (next.isEmpty()) {
        return List.copyOf(elements);
      }
      if (!seen.add(next.get())) {
        throw failure(call, "the same page token came twice");
      }
      ObjectNode following = call.parameters();
      following.put(token.orElseThrow().request(), next.get());
      call = new ApiCall(call.service(), call.operation(), call.region(), following);
    }
  }

  private static Optional<String> next(ApiCall call, ObjectNode page, Optional<Token> token) {
    JsonNode truncated = page.path("IsTruncated");
    if (truncated.isBoolean() && !truncated.booleanValue()) {
      return Optional.empty();
    }
    Optional<String> next =
        token.map(t -> page.path(t.response()).asText("")).filter(text -> !text.isEmpty());
    if (next.isEmpty() && truncated.booleanValue()) {
      throw failure(call, "the answer is cut short, but names no next page");
    }
    return next;
  }

  private static void checkList(ApiCall call, String member, Map<String, SdkField<?>> answers) {
    SdkField<?> field = answers.get(member);
    if (field == null || !field.containsTrait(ListTrait.class)) {
      throw new IllegalArgumentException(
          call.name() + " answers with no list of the name " + member);
    }
  }

  private static AwsCallException failure(ApiCall call, String message) {
    return new AwsCallException(AwsCallException.Kind.SERVICE, "IncompleteAnswer", call, message);
  }
}
