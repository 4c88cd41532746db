package dev.cloudmend.playbooks.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.fake.FakeAws;
import org.junit.jupiter.api.Test;

class BucketVersioningTest {

  private final FakeAws aws = new FakeAws();
  private final BucketVersioning playbook = new BucketVersioning();

  @Test
  void plansTheDocumentedExample() {
    PlaybookInfo.Example example = playbook.info().example();
    aws.s3().bucket("shop").versioning = example.before().deepCopy();

    Change change = violation();

    assertThat(change.before()).isEqualTo(example.before());
    assertThat(change.after()).isEqualTo(example.after());
    assertThat(change.apply()).containsExactly(put("Enabled"));
    assertThat(change.undo()).containsExactly(put("Suspended"));
    assertThat(change.reversibility()).isEqualTo(Reversibility.EXACT);
    assertThat(change.afterUndo()).isNull();
  }

  @Test
  void declaresThatABucketThatWasNeverVersionedCanOnlyBeSuspended() {
    aws.s3().bucket("shop");

    Change change = violation();

    assertThat(change.before().isNull()).isTrue();
    assertThat(change.reversibility()).isEqualTo(Reversibility.EQUIVALENT);
    assertThat(change.afterUndo()).isEqualTo(Json.parse("{\"Status\": \"Suspended\"}"));
    assertThat(change.warnings()).contains("Versioning has no off: undo suspends it.");
  }

  @Test
  void warnsOfTheCost() {
    aws.s3().bucket("shop");

    assertThat(violation().warnings()).anyMatch(w -> w.contains("paid for"));
  }

  @Test
  void isContentWhenVersioningIsEnabledWhateverMfaDeleteSays() {
    aws.s3().bucket("shop").versioning =
        Json.parseObject("{\"Status\": \"Enabled\", \"MFADelete\": \"Enabled\"}");

    assertThat(assess()).isEqualTo(new Assessment.Compliant());
  }

  @Test
  void isBlockedByMfaDeleteWhichOnlyRootCanPass() {
    aws.s3().bucket("shop").versioning =
        Json.parseObject("{\"Status\": \"Suspended\", \"MFADelete\": \"Enabled\"}");

    assertThat(assess())
        .asInstanceOf(type(Assessment.Blocked.class))
        .extracting(Assessment.Blocked::reason)
        .asString()
        .contains("MFA delete is on for bucket shop", "root user");
  }

  @Test
  void leavesMfaDeleteOutOfTheStateAndOfTheCalls() {
    aws.s3().bucket("shop").versioning =
        Json.parseObject("{\"Status\": \"Suspended\", \"MFADelete\": \"Disabled\"}");

    Change change = violation();
    aws.make(change);

    assertThat(Json.write(change)).doesNotContain("MFADelete");
    assertThat(aws.s3().bucket("shop").versioning)
        .isEqualTo(Json.parse("{\"Status\": \"Enabled\", \"MFADelete\": \"Disabled\"}"));
    assertThat(playbook.observe(change, aws)).isEqualTo(change.after());
  }

  @Test
  void undoesToSuspendedAndCanBeMadeAgain() {
    aws.s3().bucket("shop");
    Change change = violation();
    aws.make(change);

    Change undo =
        assertThat(playbook.undo(change, aws))
            .asInstanceOf(type(Assessment.Violating.class))
            .actual()
            .change();
    aws.make(undo);

    assertThat(playbook.observe(change, aws)).isEqualTo(change.stateAfterUndo());
    assertThat(playbook.undo(change, aws)).isEqualTo(new Assessment.Compliant());
    assertThat(undo.undo()).containsExactly(put("Enabled"));
  }

  private Assessment assess() {
    return playbook.assess(
        new ResourceRef(Arn.parse("arn:aws:s3:::shop"), FakeAws.ACCOUNT, "us-east-1"),
        Baselines.DEFAULT,
        aws);
  }

  private Change violation() {
    return assertThat(assess()).asInstanceOf(type(Assessment.Violating.class)).actual().change();
  }

  private static ApiCall put(String status) {
    var parameters =
        Json.object().put("Bucket", "shop").put("ExpectedBucketOwner", FakeAws.ACCOUNT);
    parameters.putObject("VersioningConfiguration").put("Status", status);
    return new ApiCall("s3", "PutBucketVersioning", "us-east-1", parameters);
  }
}
