package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the rule that ends unfinished uploads is written, in a bucket and beside it. */
final class LifecycleRules {

  private static final String NAME = "abort-incomplete-uploads";
  private static final String DAYS = "7";

  private LifecycleRules() {}

  /** As a {@code rule} of a lifecycle configuration. */
  static String split(String id) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("id", HclText.string(id));
    arguments.put("status", HclText.string("Enabled"));
    return HclText.block(
        "rule",
        List.of(),
        HclText.arguments(arguments)
            + "\n\n"
            + HclText.block("filter", List.of(), "")
            + "\n\n"
            + HclText.block(
                "abort_incomplete_multipart_upload",
                List.of(),
                HclText.arguments(Map.of("days_after_initiation", DAYS))));
  }

  /** As a {@code lifecycle_rule} of a bucket. */
  static String inline(String id) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("id", HclText.string(id));
    arguments.put("enabled", "true");
    arguments.put("abort_incomplete_multipart_upload_days", DAYS);
    return HclText.block("lifecycle_rule", List.of(), HclText.arguments(arguments));
  }

  /** An id that no rule among these has. */
  static String freeId(ResourceBlock resource, List<Body> rules) {
    List<String> taken =
        rules.stream().flatMap(rule -> resource.value(rule, "id").text().stream()).toList();
    String id = NAME;
    for (int i = 2; taken.contains(id); i++) {
      id = NAME + "-" + i;
    }
    return id;
  }

  /** Whether a rule may end the unfinished uploads of the whole bucket. */
  static boolean aborts(ResourceBlock resource, Body rule) {
    return !isOther(resource.value(rule, "status"), "Enabled")
        && !ResourceBlock.nested(rule, "abort_incomplete_multipart_upload").isEmpty()
        && !isOther(resource.value(rule, "prefix"), "")
        && ResourceBlock.nested(rule, "filter").stream()
            .allMatch(filter -> isForAll(resource, filter));
  }

  /** As {@link #aborts}, for a rule in a bucket. */
  static boolean abortsInline(ResourceBlock bucket, Body rule) {
    return !bucket.value(rule, "enabled").isCertainlyNotTrue()
        && rule.attribute("abort_incomplete_multipart_upload_days").isPresent()
        && !isOther(bucket.value(rule, "prefix"), "")
        && rule.attribute("tags").isEmpty();
  }

  private static boolean isForAll(ResourceBlock resource, Body filter) {
    return filter.blocks().isEmpty()
        && filter.attributes().stream()
            .allMatch(
                only ->
                    only.name().equals("prefix") && !isOther(resource.value(filter, "prefix"), ""));
  }

  private static boolean isOther(Value value, String wanted) {
    return value.text().filter(text -> !text.equals(wanted)).isPresent();
  }
}
