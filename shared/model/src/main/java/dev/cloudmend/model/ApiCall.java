package dev.cloudmend.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One call of an AWS API, as data.
 *
 * @param service the service as boto3 and the AWS CLI's API commands name it: {@code s3}, {@code
 *     s3control}, {@code iam}, {@code ec2}, {@code sts}
 * @param operation the API's operation, such as {@code PutPublicAccessBlock}
 * @param region the region whose endpoint takes it; {@link Target#GLOBAL} for a global service
 * @param parameters the request, by the API's member names (boto3 spelling); blobs are base64,
 *     timestamps ISO 8601
 */
public record ApiCall(String service, String operation, String region, ObjectNode parameters) {

  public ApiCall {
    parameters = parameters.deepCopy();
  }

  @Override
  public ObjectNode parameters() {
    return parameters.deepCopy();
  }

  /** For messages: {@code s3:PutPublicAccessBlock}. */
  public String name() {
    return service + ":" + operation;
  }
}
