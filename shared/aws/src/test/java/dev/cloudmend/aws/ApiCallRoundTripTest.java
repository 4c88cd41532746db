package dev.cloudmend.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiCallRoundTripTest {

  /** The operations of the playbooks, and those with the deepest and oddest structures. */
  private static final List<List<String>> OPERATIONS =
      List.of(
          List.of("s3", "PutPublicAccessBlock"),
          List.of("s3", "PutBucketVersioning"),
          List.of("s3", "PutBucketEncryption"),
          List.of("s3", "PutBucketLifecycleConfiguration"),
          List.of("s3", "PutBucketNotificationConfiguration"),
          List.of("s3", "PutBucketReplication"),
          List.of("s3", "PutBucketAcl"),
          List.of("s3control", "PutPublicAccessBlock"),
          List.of("s3control", "PutStorageLensConfiguration"),
          List.of("iam", "UpdateAccountPasswordPolicy"),
          List.of("iam", "CreateRole"),
          List.of("iam", "CreateVirtualMFADevice"),
          List.of("ec2", "AuthorizeSecurityGroupIngress"),
          List.of("ec2", "RevokeSecurityGroupIngress"),
          List.of("ec2", "ModifySecurityGroupRules"),
          List.of("ec2", "CreateLaunchTemplateVersion"),
          List.of("ec2", "ImportKeyPair"),
          List.of("ec2", "CreateFleet"),
          List.of("sts", "AssumeRole"));

  @Property(tries = 400)
  void aCallMadeIntoARequestAndBackIsTheSameCall(@ForAll("calls") ApiCall call) {
    assertThat(ApiCallCodec.toCall(ApiCallCodec.toRequest(call), call.region())).isEqualTo(call);
  }

  @Property(tries = 200)
  void aMemberThatTheApiDoesNotHaveIsFoundWhereverItIs(
      @ForAll("calls") ApiCall call, @ForAll int where) {
    ObjectNode parameters = call.parameters();
    List<ObjectNode> structures = structures(parameters);
    structures.get(Math.floorMod(where, structures.size())).put("NoSuchMember", "x");
    var wrong = new ApiCall(call.service(), call.operation(), call.region(), parameters);

    assertThatThrownBy(() -> ApiCallCodec.check(wrong))
        .isInstanceOf(AwsCallException.class)
        .hasMessageContaining(".NoSuchMember: is not a member");
  }

  /** Not only the chosen ones: every operation takes one call made up for it. */
  @ParameterizedTest
  @EnumSource
  void everyOperationTakesACallThatFits(Service service) {
    var calls = new RandomCalls(new Random(7));
    for (String operation : OperationTable.of(service).names()) {
      ApiCall call = calls.call(service.id(), operation);

      assertThat(ApiCallCodec.toCall(ApiCallCodec.toRequest(call), call.region())).isEqualTo(call);
    }
  }

  @Provide
  Arbitrary<ApiCall> calls() {
    return Arbitraries.of(OPERATIONS)
        .flatMap(
            operation ->
                Arbitraries.randomValue(
                    random -> new RandomCalls(random).call(operation.get(0), operation.get(1))));
  }

  // A map's keys are free, so only what lies in structures counts; no operation above has a map.
  private static List<ObjectNode> structures(ObjectNode from) {
    var found = new ArrayList<ObjectNode>(List.of(from));
    for (int i = 0; i < found.size(); i++) {
      found
          .get(i)
          .forEach(
              child -> {
                if (child instanceof ObjectNode object) {
                  found.add(object);
                }
                child.forEach(
                    element -> {
                      if (child.isArray() && element instanceof ObjectNode object) {
                        found.add(object);
                      }
                    });
              });
    }
    return found;
  }
}
