package dev.cloudmend.playbooks.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.aws.AwsWriter;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One account: answers reads and writes as the services do, and notes them. */
public final class FakeAws implements AwsReader, AwsWriter {

  public static final String ACCOUNT = "111122223333";

  private final FakeS3 s3 = new FakeS3();
  private final FakeEc2 ec2 = new FakeEc2();
  private final FakeIam iam = new FakeIam();
  private final List<ApiCall> reads = new ArrayList<>();
  private final List<ApiCall> writes = new ArrayList<>();
  private final Map<String, AwsCallException.Kind> failing = new HashMap<>();
  private String caller = ACCOUNT;

  public FakeS3 s3() {
    return s3;
  }

  public FakeEc2 ec2() {
    return ec2;
  }

  public FakeIam iam() {
    return iam;
  }

  public FakeAws withCredentialsOf(String account) {
    caller = account;
    return this;
  }

  public FakeAws failing(String operation, AwsCallException.Kind kind) {
    failing.put(operation, kind);
    return this;
  }

  public List<ApiCall> reads() {
    return List.copyOf(reads);
  }

  public List<ApiCall> writes() {
    return List.copyOf(writes);
  }

  /** Makes the calls of a change. */
  public void make(Change change) {
    change.apply().forEach(this::write);
  }

  @Override
  public String callerAccount() {
    return caller;
  }

  @Override
  public ObjectNode read(ApiCall call) {
    reads.add(call);
    return answer(call);
  }

  @Override
  public List<JsonNode> readAll(ApiCall call, String member) {
    var all = new ArrayList<JsonNode>();
    read(call).path(member).forEach(all::add);
    return all;
  }

  @Override
  public ObjectNode write(ApiCall call) {
    writes.add(call);
    return answer(call);
  }

  static AwsCallException error(ApiCall call, String code) {
    return new AwsCallException(AwsCallException.Kind.SERVICE, code, call, "as the service says");
  }

  private ObjectNode answer(ApiCall call) {
    AwsCallException.Kind kind = failing.get(call.operation());
    if (kind != null) {
      throw new AwsCallException(kind, kind.name(), call, "made to fail");
    }
    ObjectNode answer =
        switch (call.service()) {
          case "s3" -> s3.answer(call);
          case "ec2" -> ec2.answer(call);
          case "iam" -> iam.answer(call);
          default -> throw new AssertionError("no such service: " + call.name());
        };
    return Json.parseObject(Json.write(answer));
  }
}
