package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;

/** Writes to a target account. Only the remediator has one. */
public interface AwsWriter {

  /**
   * Makes one write, once; the SDK's own retries included.
   *
   * @return the response by the API's member names
   * @throws AwsCallException when the call fails or its parameters do not fit the API
   */
  ObjectNode write(ApiCall call);
}
