package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Target;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * {@link ApiCall} to request of the AWS SDK and back, for every operation whose request and
 * response are plain structures (not streams of objects).
 *
 * <p>Member names are the API's, as boto3 and {@code --cli-input-json} take them; timestamps are
 * ISO 8601, blobs base64. A call that does not fit is refused with all that is wrong in it, each
 * part by its JSON path, before anything is sent.
 */
public final class ApiCallCodec {

  private static final String REQUEST = "Request";

  private ApiCallCodec() {}

  /**
   * Checks a call against the API.
   *
   * @throws AwsCallException of kind {@link AwsCallException.Kind#INVALID_CALL} when it does not
   *     fit; the message names the JSON path of each part and what was expected
   */
  public static void check(ApiCall call) {
    toRequest(call);
  }

  /**
   * The SDK's request for a call.
   *
   * @throws AwsCallException as {@link #check}
   */
  public static SdkRequest toRequest(ApiCall call) {
    Operation operation = operation(call);
    var problems = new InvalidParts();
    checkRegion(call, problems);
    ObjectNode parameters = call.parameters();
    SdkPojo builder = operation.newRequest();
    new ParameterReader(problems).fill(builder, parameters, InvalidParts.PARAMETERS);
    operation.requirements().forEach(r -> r.check(parameters, problems));
    problems.throwIfAny(call);
    return (SdkRequest) ((Buildable) builder).build();
  }

  /**
   * The call that a request of the SDK makes.
   *
   * @param region the region whose endpoint takes it, or {@link Target#GLOBAL}
   * @throws IllegalArgumentException when the request is of a service or operation that calls
   *     cannot be made of
   */
  public static ApiCall toCall(SdkRequest request, String region) {
    String className = request.getClass().getSimpleName();
    String javaName =
        className.endsWith(REQUEST)
            ? className.substring(0, className.length() - REQUEST.length())
            : className;
    return Service.byModelClass(request.getClass())
        .flatMap(
            service ->
                OperationTable.of(service)
                    .byJavaName(javaName)
                    .map(name -> new ApiCall(service.id(), name, region, toJson(request))))
        .orElseThrow(() -> new IllegalArgumentException("no call can be made of a " + className));
  }

  /**
   * A request, a response, or a part of one as JSON by the API's member names. What is unset is
   * left out, also the lists that the SDK makes up for members that were not in the response.
   */
  public static ObjectNode toJson(SdkPojo structure) {
    return ParameterWriter.write(structure);
  }

  /** The operation of a call, when the API has it. */
  static Operation operation(ApiCall call) {
    var problems = new InvalidParts();
    Optional<Operation> found =
        service(call, problems).flatMap(service -> Operation.find(service, call.operation()));
    if (found.isEmpty() && problems.isEmpty()) {
      unknownOperation(call, problems);
    }
    problems.throwIfAny(call);
    return found.orElseThrow();
  }

  /** Checks the names of service, operation and region, without looking at parameters. */
  static Service checkNames(ApiCall call) {
    var problems = new InvalidParts();
    Optional<Service> service = service(call, problems);
    if (service.isPresent() && !OperationTable.of(service.get()).has(call.operation())) {
      unknownOperation(call, problems);
    }
    checkRegion(call, problems);
    problems.throwIfAny(call);
    return service.orElseThrow();
  }

  private static Optional<Service> service(ApiCall call, InvalidParts problems) {
    Optional<Service> service = Service.byId(call.service());
    if (service.isEmpty()) {
      problems.add(
          "$.service",
          "'"
              + InvalidParts.shown(call.service())
              + "' is not a known service; expected one of "
              + Service.ids());
    }
    return service;
  }

  private static void unknownOperation(ApiCall call, InvalidParts problems) {
    problems.add(
        "$.operation",
        "'"
            + InvalidParts.shown(call.operation())
            + "' is not an operation of "
            + call.service()
            + " that can be made from data; expected the API's name, such as "
            + OperationTable.of(Service.byId(call.service()).orElseThrow()).names().getFirst());
  }

  // The region becomes part of a host name, so its form matters.
  private static void checkRegion(ApiCall call, InvalidParts problems) {
    if (!call.region().equals(Target.GLOBAL)) {
      try {
        Arn.checkRegion(call.region());
      } catch (ModelException e) {
        problems.add("$.region", e.getMessage() + " or " + Target.GLOBAL);
      }
    }
  }
}
