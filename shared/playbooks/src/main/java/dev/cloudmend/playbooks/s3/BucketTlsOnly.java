package dev.cloudmend.playbooks.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.LiveState;
import dev.cloudmend.playbooks.Operations;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.Undo;
import dev.cloudmend.playbooks.policydocument.PolicyDocument;
import dev.cloudmend.playbooks.policydocument.PolicyException;
import dev.cloudmend.playbooks.policydocument.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Appends the one statement to a bucket's policy that denies requests without TLS, unless one that
 * says it is there.
 *
 * <p>The state is {@code {"statement": …}}: the statement of our Sid, or JSON null. What others
 * write beside it is none of this change's state, but the whole policy is in the calls and so in
 * the change's hash: on a policy that became another one, an agreed change is not applied.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html">Examples
 *     of bucket policies</a>
 */
public final class BucketTlsOnly implements Playbook {

  static final String SID = "CloudmendDenyInsecureTransport";

  private static final String STATEMENT = "statement";
  private static final String NO_WEBSITE = "NoSuchWebsiteConfiguration";

  @Override
  public PlaybookInfo info() {
    return TlsOnlyInfo.INFO;
  }

  @Override
  public Assessment assess(ResourceRef resource, Baselines baselines, AwsReader aws) {
    return Bucket.look(resource, aws, bucket -> understood(bucket, () -> assess(bucket, aws)));
  }

  @Override
  public JsonNode observe(Change change, AwsReader aws) {
    var bucket = new Bucket(change.target());
    try {
      return state(bucket, BucketPolicy.read(bucket, aws).document());
    } catch (PolicyException e) {
      return Json.object().put("unreadable", e.reason());
    }
  }

  /** Takes out the one statement, if it still says what it said; what others added stays. */
  @Override
  public Assessment undo(Change applied, AwsReader aws) {
    var bucket = new Bucket(applied.target());
    return LiveState.of(
        applied.target().account(),
        aws,
        () -> understood(bucket, () -> takeOut(applied, bucket, BucketPolicy.read(bucket, aws))));
  }

  private static Assessment assess(Bucket bucket, AwsReader aws) {
    BucketPolicy live = BucketPolicy.read(bucket, aws);
    Statement wanted = wanted(bucket);
    if (live.document().covering(wanted).isPresent()) {
      return new Assessment.Compliant();
    }
    if (!live.document().withSid(SID).isEmpty()) {
      // A second Sid would pass over whoever changed the first one's statement.
      return new Assessment.Blocked(
          "the policy of bucket "
              + bucket.name()
              + " has a statement "
              + SID
              + " that says something else; restore it or take it out first");
    }
    PolicyDocument planned = live.document().with(wanted);
    Optional<String> obstacle = live.obstacle(planned).or(() -> website(bucket, aws));
    if (obstacle.isPresent()) {
      return new Assessment.Blocked(obstacle.get());
    }
    return new Assessment.Violating(
        new Change(
            bucket.target(),
            TlsOnlyInfo.INFO.id(),
            TlsOnlyInfo.INFO.version(),
            state(bucket, live.document()),
            state(bucket, planned),
            List.of(live.replaceBy(planned)),
            List.of(live.restore()),
            Reversibility.EXACT,
            null,
            "Deny requests without TLS to bucket " + bucket.name(),
            warnings(live),
            Json.object().put("otherStatements", live.document().statements().size())));
  }

  private static List<String> warnings(BucketPolicy live) {
    var warnings = new ArrayList<String>();
    warnings.add(
        "Whoever uses the bucket over plain HTTP is refused from now on: links and presigned URLs"
            + " that begin with http:, old clients and devices without TLS.");
    if (live.text().isPresent()) {
      warnings.add(
          "S3 writes a bucket policy whole: what somebody else changes in it in the same second is"
              + " lost.");
    }
    return warnings;
  }

  private static Assessment takeOut(Change applied, Bucket bucket, BucketPolicy live) {
    JsonNode observed = state(bucket, live.document());
    List<Statement> ours = live.document().withSid(SID);
    if (ours.isEmpty()) {
      return applied.after().path(STATEMENT).isNull()
          ? new Assessment.Blocked(
              "'" + applied.summary() + "' is a way back itself; run its finding again instead")
          : new Assessment.Compliant();
    }
    if (ours.size() > 1 || !ours.getFirst().isEquivalentTo(wanted(bucket))) {
      return Undo.plan(applied, observed);
    }
    PolicyDocument remaining = live.document().without(ours.getFirst());
    Optional<String> obstacle = remaining.isEmpty() ? Optional.empty() : live.obstacle(remaining);
    if (obstacle.isPresent()) {
      return new Assessment.Blocked(obstacle.get());
    }
    return new Assessment.Violating(
        Undo.change(
            applied,
            observed,
            state(bucket, remaining),
            wayBack(applied, live, remaining, ours.getFirst()),
            List.of(live.restore()),
            Reversibility.EXACT));
  }

  /** The recorded way back gives the former policy letter by letter, if nobody wrote since. */
  private static List<ApiCall> wayBack(
      Change applied, BucketPolicy live, PolicyDocument remaining, Statement ours) {
    boolean untouched =
        applied.apply().size() == 1
            && applied.undo().size() == 1
            && BucketPolicy.writtenBy(applied.apply().getFirst())
                .print()
                .equals(live.document().print())
            && PolicyDocument.differByExactly(
                BucketPolicy.writtenBy(applied.undo().getFirst()), live.document(), ours);
    return untouched ? applied.undo() : List.of(live.replaceBy(remaining));
  }

  private static Optional<String> website(Bucket bucket, AwsReader aws) {
    try {
      aws.read(bucket.call(Operations.GET_BUCKET_WEBSITE.name()));
    } catch (AwsCallException e) {
      if (e.code().equals(NO_WEBSITE)) {
        return Optional.empty();
      }
      throw e;
    }
    return Optional.of(
        "bucket "
            + bucket.name()
            + " serves a website, whose endpoint speaks HTTP only: the fix would cut it off");
  }

  private static ObjectNode state(Bucket bucket, PolicyDocument policy) {
    Statement wanted = wanted(bucket);
    List<Statement> ours = policy.withSid(SID);
    ObjectNode state = Json.object();
    if (ours.isEmpty()) {
      state.set(STATEMENT, NullNode.getInstance());
    } else if (ours.size() == 1) {
      // In one spelling, so that it is recognised however S3 or somebody else spells it.
      boolean same = ours.getFirst().isEquivalentTo(wanted);
      state.set(STATEMENT, same ? wanted.json() : ours.getFirst().json());
    } else {
      ArrayNode all = state.putArray(STATEMENT);
      ours.forEach(statement -> all.add(statement.json()));
    }
    return state;
  }

  /** The statement that is looked for and appended. */
  static Statement wanted(Bucket bucket) {
    String arn = bucket.target().arn().toString();
    ObjectNode statement =
        Json.object()
            .put("Sid", SID)
            .put("Effect", "Deny")
            .put("Principal", "*")
            .put("Action", "s3:*");
    statement.putArray("Resource").add(arn).add(arn + "/*");
    statement.putObject("Condition").putObject("Bool").put("aws:SecureTransport", "false");
    return Statement.of(statement);
  }

  private static Assessment understood(Bucket bucket, Supplier<Assessment> look) {
    try {
      return look.get();
    } catch (PolicyException e) {
      return new Assessment.Blocked(
          "the policy of bucket " + bucket.name() + " is left alone: " + e.reason());
    }
  }
}
