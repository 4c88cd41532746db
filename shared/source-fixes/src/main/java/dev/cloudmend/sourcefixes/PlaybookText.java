package dev.cloudmend.sourcefixes;

import java.util.List;

/**
 * What a reviewer is told of a playbook.
 *
 * @param id the playbook's id, such as {@code s3-bucket-versioning}
 * @param title one line
 * @param why why it matters
 * @param controls the controls that it answers to, such as {@code CIS AWS 2.1.2}
 */
public record PlaybookText(String id, String title, String why, List<String> controls) {

  public PlaybookText {
    controls = List.copyOf(controls);
  }
}
