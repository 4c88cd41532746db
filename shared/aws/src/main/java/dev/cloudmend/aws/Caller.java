package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import software.amazon.awssdk.core.SdkRequest;

/** Makes calls with the clients of one factory. */
final class Caller {

  private final ClientFactory clients;

  Caller(ClientFactory clients) {
    this.clients = clients;
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
