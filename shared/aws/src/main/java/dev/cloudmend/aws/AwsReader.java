package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import java.util.List;

/**
 * Reads of a target account. Nothing that is not on the guard's list of reads leaves the machine.
 */
public interface AwsReader {

  /**
   * The account that the credentials belong to, twelve digits.
   *
   * @throws AwsCallException when the account cannot be told
   */
  String callerAccount();

  /**
   * Makes one read.
   *
   * @return the response by the API's member names (boto3 spelling), without unset members
   * @throws AwsCallException when the call is refused, fails, or its parameters do not fit the API
   */
  ObjectNode read(ApiCall call);

  /**
   * Makes a read that may come in pages, until the last page.
   *
   * @param call the first page's call; members {@code NextToken} or {@code Marker} are filled in
   *     for the next
   * @param member the name of the response's list
   * @return the elements of all pages
   */
  List<JsonNode> readAll(ApiCall call, String member);
}
