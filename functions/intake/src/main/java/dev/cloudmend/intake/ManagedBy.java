package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tool that keeps a resource as its source says, where a CloudTrail record tells: it would take
 * a fix of the live resource back. All but CloudFormation are known by the user agent, which the
 * caller chooses: good for a warning, and for nothing else.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html">sourceIPAddress
 *     and userAgent of a call that an AWS service made</a>
 */
final class ManagedBy {

  private static final String CLOUDFORMATION = "cloudformation.amazonaws.com";
  private static final String WARNING = "the next apply may revert a live fix";

  /** By user agent; OpenTofu and Pulumi run Terraform's provider, so they are looked for first. */
  private static final Map<String, Pattern> TOOLS = new LinkedHashMap<>();

  static {
    TOOLS.put("OpenTofu", Pattern.compile("(?i)\\bOpenTofu/"));
    TOOLS.put("Pulumi", Pattern.compile("(?i)\\bPulumi/"));
    TOOLS.put("AWS CDK", Pattern.compile("(?i)\\baws-cdk/"));
    TOOLS.put("Terraform", Pattern.compile("\\bAPN/1\\.0 HashiCorp\\b|(?i)\\bterraform\\b"));
  }

  private ManagedBy() {}

  /** The tool and the warning as the finding's facts have them; empty where nothing tells. */
  static Optional<ObjectNode> of(EventReader reader) {
    return tool(reader).map(tool -> Json.object().put("tool", tool).put("warning", WARNING));
  }

  private static Optional<String> tool(EventReader reader) {
    String agent = reader.text("/detail/userAgent").orElse("");
    boolean isOfStack =
        agent.equals(CLOUDFORMATION)
            || is(reader, "/detail/userIdentity/invokedBy")
            || is(reader, "/detail/sourceIPAddress");
    return isOfStack
        ? Optional.of("CloudFormation")
        : TOOLS.entrySet().stream()
            .filter(tool -> tool.getValue().matcher(agent).find())
            .map(Map.Entry::getKey)
            .findFirst();
  }

  private static boolean is(EventReader reader, String pointer) {
    return reader.text(pointer).filter(CLOUDFORMATION::equals).isPresent();
  }
}
