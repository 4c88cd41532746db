package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.LinkedHashMap;
import java.util.List;

/** A volume is encrypted with the configured key. */
final class VolumeKey implements SourceRule {

  private static final String KEY = "kms_key_id";
  private static final String ENCRYPTED = "encrypted";

  private static final RuleInfo INFO =
      new RuleInfo(
          "ec2-ebs-volume-kms-key",
          "EBS volume is encrypted with a key of one's own",
          "The use of AWS's own key cannot be narrowed, watched or withdrawn.",
          Severity.LOW,
          Safety.BREAKING,
          List.of("CKV_AWS_189"),
          List.of("AWS-0027"),
          List.of(),
          List.of("aws_ebs_volume"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return module.resources("aws_ebs_volume").stream()
        .filter(volume -> volume.value(KEY) instanceof Value.Unset)
        .map(
            volume ->
                new Violation(
                    INFO,
                    volume,
                    ArgumentRule.place(volume, volume.block().body(), KEY),
                    "the volume is not encrypted with a key of one's own",
                    remedy(volume, settings)))
        .toList();
  }

  private static Remedy remedy(ResourceBlock volume, RuleSettings settings) {
    if (settings.kmsKeyArn().isEmpty()) {
      return new Remedy.None("which key? none is configured (kmsKeyArn)");
    }
    if (volume.ignoresChangesOf(KEY) || volume.ignoresChangesOf(ENCRYPTED)) {
      return new Remedy.None(
          "lifecycle.ignore_changes of "
              + volume.address()
              + " names it: Terraform would not apply the edit");
    }
    Value encrypted = volume.value(ENCRYPTED);
    boolean writtenHere =
        encrypted instanceof Value.Known known
            && known.origins().size() == 1
            && known.origins().getFirst().isInPlace();
    if (!encrypted.isTrue() && !writtenHere && !(encrypted instanceof Value.Unset)) {
      return new Remedy.None("a key needs encrypted = true, and what it is comes from elsewhere");
    }
    var arguments = new LinkedHashMap<String, String>();
    if (!encrypted.isTrue()) {
      arguments.put(ENCRYPTED, "true");
    }
    arguments.put(KEY, HclText.string(settings.kmsKeyArn().get()));
    return Remedies.warning(
        Remedies.edit(volume, edits -> edits.set(volume.block().body(), arguments)),
        "AWS cannot change the key of a volume that is there: it is replaced by an empty one; copy"
            + " its data by an encrypted snapshot first");
  }
}
