package dev.cloudmend.terraform.locate;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One instance of a resource, as a state or plan has it.
 *
 * @param way where it comes from: {@link Way#STATE} or {@link Way#PLAN}
 * @param address from the root module, with the instance's key
 * @param type such as {@code aws_s3_bucket}
 * @param attributes what tells which resource it is: its ARN, ids, names and parents. {@link
 *     StateFiles} keeps nothing else of it, so that no secret stays in memory
 */
public record StateResource(Way way, String address, String type, JsonNode attributes) {

  @Override
  public String toString() {
    return way + " " + address;
  }
}
