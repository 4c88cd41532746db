package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import software.amazon.awssdk.core.SdkRequest;

/** Makes calls with the clients of one factory. */
final class Caller {

  private final ClientFactory clients;

  Caller(ClientFactory clients) {
    this.clients = clients;
  }

  /**
   * The account that the credentials belong to, as STS tells it now.
   *
   * @throws AwsCallException when it cannot be told
   */
  String account() {
    var call =
        new ApiCall("sts", "GetCallerIdentity", clients.connection().region(), Json.object());
    try {
      return Arn.checkAccount(call(call).path("Account").asText());
    } catch (ModelException e) {
      throw new AwsCallException(
          AwsCallException.Kind.SERVICE,
          "IncompleteAnswer",
          call,
          "the answer has no account id",
          e);
    }
  }

  ObjectNode call(ApiCall call) {
    SdkRequest request = ApiCallCodec.toRequest(call);
    Operation operation = ApiCallCodec.operation(call);
    try {
      return ApiCallCodec.toJson(
          operation.send(clients.client(operation.service(), call.region()), request));
    } catch (RuntimeException e) {
      throw CallErrors.of(call, e);
    }
  }
}
