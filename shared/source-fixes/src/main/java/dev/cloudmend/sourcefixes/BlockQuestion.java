package dev.cloudmend.sourcefixes;

import java.util.List;

/**
 * A block whose text is to be written anew.
 *
 * @param path the file that it stands in, from the repository's root
 * @param address within its module, such as {@code aws_s3_bucket.logs}
 * @param type the resource's Terraform type
 * @param text the block as it stands, from its first word to its closing brace; hostile
 * @param required what it violates; at least one
 * @param playbook the playbook that answers to the finding
 */
public record BlockQuestion(
    String path,
    String address,
    String type,
    String text,
    List<Required> required,
    PlaybookText playbook) {

  public BlockQuestion {
    required = List.copyOf(required);
  }

  /**
   * What a rule asks for.
   *
   * @param rule the rule's id
   * @param title what has to hold, one line
   * @param why why it matters
   * @param message what is wrong in the block, one line; may repeat words of the block
   * @param advice why the rule's own edit does not mend it; may repeat words of the block
   */
  public record Required(String rule, String title, String why, String message, String advice) {}
}
