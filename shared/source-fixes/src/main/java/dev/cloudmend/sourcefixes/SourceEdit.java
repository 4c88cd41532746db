package dev.cloudmend.sourcefixes;

import dev.cloudmend.pullrequests.FileChange;
import dev.cloudmend.pullrequests.SourceFile;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.locate.Location;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceFix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An edit that mends what a finding speaks of, and passed all checks.
 *
 * @param result something is fixed in it
 * @param written the text of the block, where no rule's edit but somebody's text mends it
 */
record SourceEdit(
    Source source, SourceTarget target, SourceFix.Result result, Optional<BlockProposal> written) {

  /** One that the rules made. */
  SourceEdit(Source source, SourceTarget target, SourceFix.Result result) {
    this(source, target, result, Optional.empty());
  }

  /** The resource's block; where only a part of it is declared, that. */
  ResourceBlock subject() {
    return target.location() instanceof Location.Found found ? found.resource() : mended();
  }

  /** The block that is mended. */
  ResourceBlock mended() {
    return result.fixed().getFirst().violation().resource();
  }

  /** From the root module where one way leads there. */
  String address() {
    return target.location() instanceof Location.Found found
        ? found.address()
        : subject().address();
  }

  List<FileChange> changes() {
    return result.changed().values().stream()
        .map(
            file ->
                (FileChange) new FileChange.Write(file.path(), file.text(), before(file).mode()))
        .toList();
  }

  /** Whether it may cut traffic or people, or replace the resource. */
  boolean isBreaking() {
    return result.fixed().stream()
        .anyMatch(fixed -> fixed.violation().rule().safety() == Safety.BREAKING);
  }

  /** Whether somebody has to call it ready before it can be merged. */
  boolean isDraft() {
    return isBreaking() || written.isPresent();
  }

  /** Of all files, one after the other. */
  List<String> diff() {
    var lines = new ArrayList<String>();
    for (HclFile after : result.changed().values()) {
      Optional<HclFile> before =
          source.project().modules().stream()
              .flatMap(module -> module.allFiles().stream())
              .filter(file -> file.path().equals(after.path()))
              .findFirst();
      lines.addAll(
          UnifiedDiff.of(after.path(), before.map(HclFile::text).orElse(""), after.text()));
    }
    return lines;
  }

  private SourceFile before(HclFile file) {
    return Objects.requireNonNull(source.files().get(file.path()));
  }
}
