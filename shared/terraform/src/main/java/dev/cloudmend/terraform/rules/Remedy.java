package dev.cloudmend.terraform.rules;

import dev.cloudmend.terraform.hcl.Edits;
import dev.cloudmend.terraform.hcl.HclFile;
import java.util.List;
import java.util.function.Consumer;

/** What mends a violation, if anything does. */
public sealed interface Remedy {

  /**
   * Edits.
   *
   * @param edits in one file or several
   * @param reaches what else the edits reach, for a person: the other callers of a module
   * @param warnings what a reviewer has to know
   */
  record Edit(List<FileEdit> edits, List<String> reaches, List<String> warnings) implements Remedy {
    public Edit {
      edits = List.copyOf(edits);
      reaches = List.copyOf(reaches);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * None that could be made with certainty.
   *
   * @param reason why, and what a person can do
   */
  record None(String reason) implements Remedy {}

  /**
   * An edit of one file.
   *
   * @param file as it was read
   * @param change adds to the edits of that file
   */
  record FileEdit(HclFile file, Consumer<Edits> change) {}
}
