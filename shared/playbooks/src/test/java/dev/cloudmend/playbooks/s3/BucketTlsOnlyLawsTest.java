package dev.cloudmend.playbooks.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.fake.FakeAws;
import dev.cloudmend.playbooks.policydocument.Policies;
import dev.cloudmend.playbooks.policydocument.PolicyDocument;
import dev.cloudmend.playbooks.policydocument.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class BucketTlsOnlyLawsTest {

  private static final ResourceRef RESOURCE =
      new ResourceRef(Arn.parse("arn:aws:s3:::shop"), FakeAws.ACCOUNT, "us-east-1");

  private final BucketTlsOnly playbook = new BucketTlsOnly();

  @Property(tries = 500)
  void thePlannedPolicyIsTheLiveOneAndOneDenyMore(@ForAll("policies") String policy) {
    FakeAws aws = account(policy);
    if (assess(aws) instanceof Assessment.Violating(Change change)) {
      ObjectNode live = Json.parseObject(policy);
      ObjectNode planned =
          Json.parseObject(change.apply().getFirst().parameters().path("Policy").asText());

      List<String> kept = texts(planned);
      String added = kept.removeLast();
      assertThat(kept).isEqualTo(texts(live));
      assertThat(Json.parse(added)).isEqualTo(change.after().path("statement"));
      assertThat(Json.parse(added).path("Effect").asText()).isEqualTo("Deny");
      planned.putNull("Statement");
      live.putNull("Statement");
      assertThat(planned.toString()).isEqualTo(live.toString());
    }
  }

  @Property(tries = 500)
  void appliedItIsCompliantAndUndoneThePolicyIsTheSameText(@ForAll("policies") String policy) {
    FakeAws aws = account(policy);
    if (assess(aws) instanceof Assessment.Violating(Change change)) {
      aws.make(change);
      assertThat(playbook.observe(change, aws)).isEqualTo(change.after());
      assertThat(assess(aws)).isEqualTo(new Assessment.Compliant());

      aws.make(undo(change, aws));
      assertThat(aws.s3().bucket("shop").policy).isEqualTo(policy);
      assertThat(playbook.observe(change, aws)).isEqualTo(change.before());
    }
  }

  @Property(tries = 300)
  void undoLeavesWhatOthersWroteMeanwhile(
      @ForAll("policies") String policy,
      @ForAll("statements") ObjectNode theirs,
      @ForAll @IntRange(max = 5) int removed,
      @ForAll long seed) {
    FakeAws aws = account(policy);
    if (assess(aws) instanceof Assessment.Violating(Change change)) {
      aws.make(change);
      PolicyDocument live =
          PolicyDocument.parse(Objects.requireNonNull(aws.s3().bucket("shop").policy));
      Statement gone = live.statements().get(removed % (live.statements().size() - 1));
      PolicyDocument others = live.without(gone).with(Statement.of(theirs));
      aws.s3().bucket("shop").policy =
          respelt(others, live.statements().getLast().json(), new Random(seed));

      aws.make(undo(change, aws));

      List<String> expected =
          new ArrayList<>(others.statements().stream().map(Statement::print).toList());
      expected.remove(live.statements().getLast().print());
      assertThat(texts(Json.parseObject(Objects.requireNonNull(aws.s3().bucket("shop").policy))))
          .isEqualTo(expected);
    }
  }

  @Property(tries = 300)
  void aStatementThatSaysTheSameIsNeverAddedTwice(
      @ForAll("policies") String policy, @ForAll long seed) {
    FakeAws aws = account("");
    assertThat(assess(aws))
        .isInstanceOfSatisfying(
            Assessment.Violating.class,
            v -> {
              ObjectNode ours = (ObjectNode) v.change().after().path("statement").deepCopy();
              ObjectNode spelt = Policies.respelt(ours, new Random(seed));
              aws.s3().bucket("shop").policy =
                  PolicyDocument.parse(policy).with(Statement.of(spelt)).print();
            });

    assertThat(assess(aws)).isEqualTo(new Assessment.Compliant());
  }

  @Provide
  Arbitrary<String> policies() {
    return Policies.policies();
  }

  @Provide
  Arbitrary<ObjectNode> statements() {
    return Policies.statements();
  }

  /** The policy with one statement spelled in another way under its own Sid. */
  private static String respelt(PolicyDocument policy, ObjectNode statement, Random random) {
    ObjectNode spelt = Policies.respelt(statement, random);
    spelt.set("Sid", statement.path("Sid"));
    return policy.print().replace(statement.toString(), spelt.toString());
  }

  private static List<String> texts(ObjectNode policy) {
    List<String> texts = new ArrayList<>();
    if (policy.path("Statement").isObject()) {
      texts.add(policy.path("Statement").toString());
    } else {
      policy.path("Statement").forEach(s -> texts.add(s.toString()));
    }
    return texts;
  }

  private static FakeAws account(String policy) {
    var aws = new FakeAws();
    aws.s3().bucket("shop").policy = policy.isEmpty() ? null : policy;
    return aws;
  }

  private Assessment assess(FakeAws aws) {
    return playbook.assess(RESOURCE, Baselines.DEFAULT, aws);
  }

  private Change undo(Change change, FakeAws aws) {
    return ((Assessment.Violating) playbook.undo(change, aws)).change();
  }
}
