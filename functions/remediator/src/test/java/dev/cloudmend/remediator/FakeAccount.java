package dev.cloudmend.remediator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.aws.AwsWriter;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An account with one bucket, which has two settings. Each write can be made to go wrong. */
final class FakeAccount implements AwsReader, AwsWriter {

  static final String DENIED = "AccessDenied";

  /** What happens to a write: before its effect, and after it. */
  private record Course(Runnable before, Runnable after) {}

  private final List<ApiCall> writes = new CopyOnWriteArrayList<>();
  private final Map<Integer, Course> courses = new HashMap<>();
  private Optional<AwsCallException> readFailure = Optional.empty();
  private volatile ObjectNode state = state(false, "Suspended");
  private ObjectNode staleState = state;
  private int staleReads;
  private int lag;
  private Map<String, String> tags = Map.of();

  static ObjectNode state(boolean blocksPublic, String versioning) {
    return Json.object().put("blocksPublic", blocksPublic).put("versioning", versioning);
  }

  static ApiCall block(boolean blocksPublic) {
    ObjectNode parameters = Json.object().put("Bucket", "reports");
    parameters.putObject("PublicAccessBlockConfiguration").put("BlockPublicAcls", blocksPublic);
    return new ApiCall("s3", "PutPublicAccessBlock", SampleIncidents.REGION, parameters);
  }

  static ApiCall versioning(String status) {
    ObjectNode parameters = Json.object().put("Bucket", "reports");
    parameters.putObject("VersioningConfiguration").put("Status", status);
    return new ApiCall("s3", "PutBucketVersioning", SampleIncidents.REGION, parameters);
  }

  /** As somebody with the console would. */
  void set(ObjectNode state) {
    this.state = state;
  }

  void tag(String key, String value) {
    tags = Map.of(key, value);
  }

  ObjectNode state() {
    return state.deepCopy();
  }

  /** The writes that were asked for, also those that went wrong. */
  List<ApiCall> writes() {
    return List.copyOf(writes);
  }

  /** The service refuses a write, counted from 1; it has no effect. */
  void refuse(int write, Kind kind, String code) {
    courses.put(
        write,
        new Course(
            () -> {
              throw failure(kind, code);
            },
            () -> {}));
  }

  /** A write has its effect, and its answer is another one. */
  void answerWrongly(int write, Kind kind, String code) {
    courses.put(
        write,
        new Course(
            () -> {},
            () -> {
              throw failure(kind, code);
            }));
  }

  /** The process dies right after a write had its effect. */
  void dieAfter(int write) {
    courses.put(
        write,
        new Course(
            () -> {},
            () -> {
              throw new ProcessDied();
            }));
  }

  void beforeWrite(int write, Runnable look) {
    courses.put(write, new Course(look, () -> {}));
  }

  /** After the next write so many reads still give the state before it. */
  void lagFor(int reads) {
    lag = reads;
  }

  /** From now on reads give the state that is. */
  void catchUp() {
    staleReads = 0;
  }

  void failReads(Kind kind, String code) {
    readFailure = Optional.of(failure(kind, code));
  }

  void healReads() {
    readFailure = Optional.empty();
  }

  @Override
  public String callerAccount() {
    return SampleIncidents.ACCOUNT;
  }

  @Override
  public ObjectNode read(ApiCall call) {
    if (readFailure.isPresent()) {
      throw readFailure.get();
    }
    if (call.operation().equals("GetBucketTagging")) {
      ObjectNode answer = Json.object();
      tags.forEach(
          (key, value) ->
              answer.withArray("/TagSet").addObject().put("Key", key).put("Value", value));
      return answer;
    }
    if (staleReads > 0) {
      staleReads--;
      return staleState.deepCopy();
    }
    return state();
  }

  @Override
  public List<JsonNode> readAll(ApiCall call, String member) {
    throw new UnsupportedOperationException("this account has no lists");
  }

  @Override
  public ObjectNode write(ApiCall call) {
    writes.add(call);
    Optional<Course> course = Optional.ofNullable(courses.get(writes.size()));
    course.ifPresent(c -> c.before().run());
    if (lag > 0) {
      staleState = state();
      staleReads = lag;
      lag = 0;
    }
    ObjectNode changed = state();
    JsonNode blocks = call.parameters().at("/PublicAccessBlockConfiguration/BlockPublicAcls");
    JsonNode status = call.parameters().at("/VersioningConfiguration/Status");
    if (blocks.isBoolean()) {
      changed.set("blocksPublic", blocks);
    }
    if (status.isTextual()) {
      changed.set("versioning", status);
    }
    state = changed;
    course.ifPresent(c -> c.after().run());
    return Json.object();
  }

  private static AwsCallException failure(Kind kind, String code) {
    return new AwsCallException(kind, code, block(true), "the service says no");
  }

  /** Nothing catches it, as nothing catches a kill. */
  static final class ProcessDied extends Error {}
}
