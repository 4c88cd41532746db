package dev.cloudmend.playbooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Reversibility;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a playbook is, for people, for the decider, for roles and for documentation.
 *
 * @param id the stable id, such as {@code s3-bucket-versioning}
 * @param version raised when the same state would get another plan
 * @param title one line for a person
 * @param why why it matters, for a person, in a few sentences
 * @param fix what the fix does and what it leaves alone
 * @param tier who has to agree by default
 * @param service {@code s3}, {@code iam}, {@code ec2}
 * @param resourceType in CloudFormation's words, such as {@code AWS::S3::Bucket}
 * @param aliases test names by which compliance tools call it; met whatever the case, hyphens and
 *     punctuation
 * @param controls the controls that it answers to
 * @param reads the operations that assess and observe may call, and the one that tells the tags of
 *     such a resource, which is added to them: every run reads tags before it claims or writes
 * @param writes the operations that apply and undo may call
 * @param triggers CloudTrail event names after which it is to be assessed again
 * @param reversibility how well its changes can be taken back
 * @param undoWidensAccess whether taking it back opens what the fix closed; then it is never taken
 *     back automatically
 * @param example one violating state and what the playbook makes of it
 */
public record PlaybookInfo(
    String id,
    String version,
    String title,
    String why,
    String fix,
    Tier tier,
    String service,
    String resourceType,
    List<String> aliases,
    List<Control> controls,
    List<Operation> reads,
    List<Operation> writes,
    List<String> triggers,
    Reversibility reversibility,
    boolean undoWidensAccess,
    Example example) {

  public PlaybookInfo {
    reads =
        Stream.concat(reads.stream(), ResourceTags.read(resourceType).stream()).distinct().toList();
  }

  /** Who has to agree by default. */
  public enum Tier {
    /** Narrow, reversible, checkable by read-back. */
    auto,
    /** May cut traffic or people: needs a yes. */
    guided,
    /** No way back, or destructive: instructions only, never a live call. */
    manual
  }

  /**
   * A control of a framework or tool.
   *
   * @param framework {@code Security Hub}, {@code CIS AWS Foundations v3.0}, {@code AWS Config},
   *     {@code Prowler}, {@code Checkov}, {@code NIST 800-53 r5}, {@code SOC 2}, {@code PCI DSS
   *     4.0}
   * @param id the control's id there
   */
  public record Control(String framework, String id) {}

  /**
   * An API operation and its other names, which differ more often than one thinks; {@link
   * Operations} has them all.
   *
   * @param service as in {@link dev.cloudmend.model.ApiCall}
   * @param name the API's operation
   * @param iamActions such as {@code s3:PutBucketPublicAccessBlock}; empty where none is needed
   * @param cloudTrail the name of a write's event in CloudTrail; absent for reads
   * @param source the page of AWS's documentation that says so
   */
  public record Operation(
      String service,
      String name,
      List<String> iamActions,
      @Nullable String cloudTrail,
      String source) {}

  /**
   * The documentation example; a test plans it.
   *
   * @param title what the example shows
   * @param before the violating state
   * @param after the state once fixed
   */
  public record Example(String title, JsonNode before, JsonNode after) {}
}
