package dev.cloudmend.sourcefixes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.PullRequestLimits;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.pullrequests.ResourceMatch;
import dev.cloudmend.sourcefixes.SourceOutcome.LeftAlone;
import dev.cloudmend.sourcefixes.SourceOutcome.Limited;
import dev.cloudmend.sourcefixes.SourceOutcome.Manual;
import dev.cloudmend.sourcefixes.SourceOutcome.Opened;
import dev.cloudmend.sourcefixes.SourceOutcome.Unchanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a block that no rule mends, where somebody may write it anew. */
class WrittenBlockTest {

  private static final String MODEL = "eu.anthropic.claude";

  private final List<BlockQuestion> asked = new ArrayList<>();

  @Test
  void withoutAnAuthorAPersonHasToDoIt() {
    try (Scene scene = scene(Instances.FILE)) {
      Manual manual = (Manual) scene.proposer.propose(Instances.request());

      assertThat(manual.reason()).startsWith("http_tokens is not edited:").doesNotContain(";");
      assertThat(scene.repository.pulls()).isEmpty();
    }
  }

  @Test
  void aTextThatIsAcceptedIsADraftThatSaysWhoWroteIt() {
    try (Scene scene = scene(Instances.FILE)) {
      SourceOutcome outcome = proposer(scene, Instances.MENDED).propose(Instances.request());

      assertThat(outcome).isInstanceOf(Opened.class);
      assertThat(scene.only().isDraft()).isTrue();
      assertThat(scene.only().labels()).contains("written-by:language-model");
      assertThat(scene.only().body())
          .contains("was written by the language model `eu.anthropic.claude`")
          .contains("No rule vouches for its meaning")
          .contains("It says of its text: See \\[this\\]")
          .contains("- [ ] every line of the new text was read: a language model wrote it")
          .contains("- mended: `aws_instance.web` in `live/main.tf:")
          .doesNotContain("(changes a value)", "](https");
      assertThat(scene.repository.files(scene.only().head()).get(Scene.FILE))
          .isEqualTo(Instances.FILE.replace(Instances.BLOCK, Instances.MENDED));
    }
  }

  @Test
  void theQuestionIsTheBlockAndWhatIsRequiredOfIt() {
    try (Scene scene = scene(Instances.FILE)) {
      proposer(scene, Instances.MENDED).propose(Instances.request());
    }

    assertThat(asked).hasSize(1);
    BlockQuestion question = asked.getFirst();
    assertThat(question.path()).isEqualTo(Scene.FILE);
    assertThat(question.address()).isEqualTo("aws_instance.web");
    assertThat(question.type()).isEqualTo("aws_instance");
    assertThat(question.text()).isEqualTo(Instances.BLOCK);
    assertThat(question.playbook()).isEqualTo(Instances.request().playbook());
    assertThat(question.required())
        .singleElement()
        .satisfies(
            required -> {
              assertThat(required.rule()).isEqualTo("ec2-instance-imdsv2");
              assertThat(required.title()).isEqualTo("Instance requires IMDSv2");
              assertThat(required.message()).contains("IMDSv1");
            });
  }

  @Test
  void aTextThatIsRefusedIsNotShownButTheReasonIs() {
    try (Scene scene = scene(Instances.FILE)) {
      Manual manual =
          (Manual)
              proposer(scene, Instances.MENDED.replace("t3.micro", "t3.evil"))
                  .propose(Instances.request());

      assertThat(manual.reason())
          .contains("http_tokens is not edited:")
          .endsWith(
              "; the text that eu.anthropic.claude proposed is refused: it changes instance_type,"
                  + " which is not to change");
      assertThat(manual.candidates())
          .singleElement()
          .asString()
          .startsWith("aws_instance.web in live/main.tf:");
      assertThat(scene.repository.pulls()).isEmpty();
    }
  }

  @Test
  void whatAPersonClosedOrWhatIsOverTheLimitIsNotAskedForAgain() {
    try (Scene scene = scene(Instances.FILE)) {
      proposer(scene, Instances.MENDED).propose(Instances.request());
      scene.repository.close(1);

      assertThat(proposer(scene, Instances.MENDED).propose(Instances.request()))
          .isInstanceOf(LeftAlone.class);
    }
    try (Scene scene = scene(Instances.FILE)) {
      var none =
          new Destination(
              Scene.LIVE.repository(),
              Scene.LIVE.base(),
              Scene.LIVE.directory(),
              List.of(),
              List.of(),
              new PullRequestLimits(0, 0));

      assertThat(proposer(scene, none, authoring(Instances.MENDED)).propose(Instances.request()))
          .isInstanceOf(Limited.class);
    }
    assertThat(asked).hasSize(1);
  }

  @Test
  void theSameTextAgainLeavesThePullRequestAsItIs() {
    try (Scene scene = scene(Instances.FILE)) {
      proposer(scene, Instances.MENDED).propose(Instances.request());

      assertThat(proposer(scene, Instances.MENDED).propose(Instances.request()))
          .isInstanceOf(Unchanged.class);
    }
  }

  @Test
  void anAuthorWithoutATextLeavesItToAPerson() {
    try (Scene scene = scene(Instances.FILE)) {
      var author =
          new Authoring(question -> new BlockAuthor.Answer.None("throttled"), text -> false);

      Manual manual = (Manual) proposer(scene, Scene.LIVE, author).propose(Instances.request());

      assertThat(manual.reason()).endsWith("; no other text was proposed: throttled");
    }
  }

  @Test
  void aBlockWithASecretIsNotShownToTheAuthor() {
    notAsked(
        Instances.FILE.replace("ami           =", "password      = \"hunter2\"\n  ami           ="),
        Instances.request(),
        "the block holds what looks like a secret");
  }

  @Test
  void aBlockWhoseChangesTerraformIgnoresIsNotShown() {
    notAsked(
        Instances.FILE.replace(
            "  metadata_options",
            "  lifecycle {\n    ignore_changes = all\n  }\n\n  metadata_options"),
        Instances.request(),
        "Terraform is told to ignore its changes");
  }

  @Test
  void aBlockThatIsTooLongIsNotShown() {
    notAsked(
        Instances.FILE.replace(
            "\"t3.micro\"", "\"t3.micro\" # " + "x".repeat(BlockWriter.LONGEST_BLOCK)),
        Instances.request(),
        "the block has more than 8,000 characters");
  }

  @Test
  void anEditThatNeedsAYesIsNotWrittenWithoutIt() {
    notAsked(
        ManualTest.OPEN_GROUP,
        ManualTest.OF_GROUP,
        "it may cut traffic or replace the resource, which needs a yes");
  }

  @Test
  void whatARuleMendsIsNotAskedFor() {
    try (Scene scene = Scene.ofBucket()) {
      assertThat(proposer(scene, "never").propose(Scene.request())).isInstanceOf(Opened.class);
      assertThat(scene.only().isDraft()).isFalse();
      assertThat(scene.only().body()).doesNotContain("language model");
      assertThat(scene.only().labels()).doesNotContain("written-by:language-model");
    }
    assertThat(asked).isEmpty();
  }

  private void notAsked(String file, FixRequest request, String reason) {
    try (Scene scene = scene(file)) {
      Manual manual = (Manual) proposer(scene, Instances.MENDED).propose(request);

      assertThat(manual.reason()).endsWith("; no other text was asked for: " + reason);
    }
    assertThat(asked).isEmpty();
  }

  private static Scene scene(String file) {
    return Scene.with(Map.of(Scene.FILE, file));
  }

  private SourceProposer proposer(Scene scene, String text) {
    return proposer(scene, Scene.LIVE, authoring(text));
  }

  private Authoring authoring(String text) {
    return new Authoring(
        question -> {
          asked.add(question);
          return new BlockAuthor.Answer.Written(
              new BlockProposal(text, MODEL, "See [this](https://evil.example) @all"));
        },
        Instances::isSecret);
  }

  private static SourceProposer proposer(
      Scene scene, Destination destination, Authoring authoring) {
    return new SourceProposer(
        scene.github,
        new RepositoryMapping(List.of(new RepositoryMapping.Entry(ResourceMatch.ALL, destination))),
        ProposerSettings.DEFAULT,
        Optional.of(authoring),
        scene.clock);
  }
}
