package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.Text;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.Scan;
import dev.cloudmend.terraform.rules.SourceFix;
import dev.cloudmend.terraform.rules.SourceFix.Left;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has a block written anew where no rule mends what is wrong in it, and checks what comes back. */
final class BlockWriter {

  /** A longer block is not shown to an author: the answer has to repeat it whole. */
  static final int LONGEST_BLOCK = 8_000;

  private final Authoring authoring;
  private final BlockAcceptance acceptance;
  private final boolean breakingToo;

  BlockWriter(Authoring authoring, Scan scan, boolean breakingToo) {
    this.authoring = authoring;
    this.acceptance = new BlockAcceptance(scan, authoring.isSecret());
    this.breakingToo = breakingToo;
  }

  /** What came of it. */
  sealed interface Draft {
    /** A text that passed all checks, as an edit. */
    record Made(SourceFix.Result result, BlockProposal proposal) implements Draft {}

    /** None, and why, to follow the reason why no rule mends it. */
    record None(String reason) implements Draft {}
  }

  /** What the edit would be, with the block's text as it stands. */
  static SourceFix.Result standIn(List<Left> left) {
    return result(left, left.getFirst().violation().resource().file());
  }

  /**
   * Has it written.
   *
   * @param left what is wrong, and why no rule mends it; nothing {@link #hindrance hinders} it
   */
  Draft write(SourceTarget target, List<Left> left, PlaybookText playbook) {
    ResourceBlock block = left.getFirst().violation().resource();
    return switch (authoring.author().write(question(block, left, playbook))) {
      case BlockAuthor.Answer.None none ->
          new Draft.None("no other text was proposed: " + none.reason());
      case BlockAuthor.Answer.Written written -> checked(target, block, left, written.proposal());
    };
  }

  /**
   * Why nobody is asked for it.
   *
   * @param left not empty
   */
  Optional<String> hindrance(SourceTarget target, List<Left> left) {
    ResourceBlock block = left.getFirst().violation().resource();
    if (target.blocks().stream().noneMatch(block::equals)) {
      return Optional.of("it would be another block than the resource's own");
    }
    if (left.stream().anyMatch(one -> !one.violation().resource().equals(block))) {
      return Optional.of("more than one block would have to change");
    }
    if (!breakingToo
        && left.stream().anyMatch(one -> one.violation().rule().safety() == Safety.BREAKING)) {
      return Optional.of("it may cut traffic or replace the resource, which needs a yes");
    }
    if (block.ignoresChangesOf("all")) {
      return Optional.of("Terraform is told to ignore its changes");
    }
    if (block.block().span().length() > LONGEST_BLOCK) {
      return Optional.of("the block has more than %,d characters".formatted(LONGEST_BLOCK));
    }
    return acceptance.hasSecret(block.file(), block.block())
        ? Optional.of("the block holds what looks like a secret")
        : Optional.empty();
  }

  private static BlockQuestion question(
      ResourceBlock block, List<Left> left, PlaybookText playbook) {
    return new BlockQuestion(
        block.file().path(),
        block.address(),
        block.type(),
        block.file().text(block.block().span()).replace("\r\n", "\n"),
        left.stream().map(BlockWriter::required).toList(),
        playbook);
  }

  private static BlockQuestion.Required required(Left left) {
    RuleInfo rule = left.violation().rule();
    return new BlockQuestion.Required(
        rule.id(), rule.title(), rule.why(), left.violation().message(), left.reason());
  }

  private Draft checked(
      SourceTarget target, ResourceBlock block, List<Left> left, BlockProposal proposal) {
    String author = Text.shown(proposal.author(), 200);
    HclFile file;
    try {
      file = acceptance.accepted(block, target::asksFor, proposal.text());
    } catch (BlockRefusedException e) {
      return new Draft.None("the text that " + author + " proposed is refused: " + e.getMessage());
    }
    return new Draft.Made(result(left, file), proposal);
  }

  private static SourceFix.Result result(List<Left> left, HclFile file) {
    Module module = left.getFirst().violation().resource().module();
    var remedy = new Remedy.Edit(List.of(), module.project().reached(module), List.of());
    return new SourceFix.Result(
        Map.of(file.path(), file),
        left.stream()
            .map(Left::violation)
            .map((Violation violation) -> new SourceFix.Fixed(violation, Optional.of(remedy)))
            .toList(),
        List.of());
  }
}
