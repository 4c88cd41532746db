package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.Text;
import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.BodyItem;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import dev.cloudmend.terraform.hcl.Format;
import dev.cloudmend.terraform.hcl.HclException;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.hcl.Span;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Mentions;
import dev.cloudmend.terraform.rules.Scan;
import dev.cloudmend.terraform.rules.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a text that somebody proposes may take a block's place. Everything that is not known to
 * be harmless is refused; what it means beyond that is for the reviewer.
 */
final class BlockAcceptance {

  /** Characters that a text may have more than the block it replaces. */
  static final int MOST_MORE = 2_000;

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029&&[^\\n]]");

  /** Arguments of Terraform itself, and those that say which resource it is or what it runs. */
  private static final Set<String> KEPT =
      Set.of(
          "count",
          "depends_on",
          "for_each",
          "provider",
          "lifecycle",
          "provisioner",
          "connection",
          "timeouts",
          "allocation_id",
          "ami",
          "arn",
          "availability_zone",
          "bucket",
          "bucket_prefix",
          "cidr_block",
          "code",
          "command",
          "container_definitions",
          "content",
          "content_base64",
          "definition",
          "engine",
          "filename",
          "function_name",
          "group",
          "group_name",
          "handler",
          "iam_instance_profile",
          "id",
          "identifier",
          "identifier_prefix",
          "image_uri",
          "instance_type",
          "key",
          "key_name",
          "layers",
          "name",
          "name_prefix",
          "network_acl_id",
          "path",
          "policy_arn",
          "region",
          "role",
          "role_name",
          "runtime",
          "security_group_id",
          "source",
          "source_hash",
          "subnet_id",
          "tags",
          "tags_all",
          "user",
          "user_data",
          "user_data_base64",
          "user_name",
          "users",
          "vpc_id",
          "zone_id");

  /** Blocks that run something or make others, wherever they stand. */
  private static final Set<String> KEPT_INSIDE =
      Set.of("connection", "dynamic", "lifecycle", "provisioner");

  private static final Set<String> OTHERS_ATTRIBUTES = Set.of("arn", "id");

  private final Scan scan;
  private final Predicate<String> isSecret;

  BlockAcceptance(Scan scan, Predicate<String> isSecret) {
    this.scan = scan;
    this.isSecret = isSecret;
  }

  /** Whether a block holds what nobody outside may be shown. */
  boolean hasSecret(HclFile file, Block block) {
    return hasSecret(new BlockText(file, block));
  }

  /**
   * The file with the text in the block's place.
   *
   * @param wanted what has to be gone
   * @throws BlockRefusedException when the text is not taken
   */
  HclFile accepted(ResourceBlock block, Predicate<Violation> wanted, String proposed) {
    BlockText before = new BlockText(block.file(), block.block());
    String text = proposed.replace("\r\n", "\n").strip();
    check(text.length() <= before.text().length() + MOST_MORE, "it is much longer than the block");
    check(!UNPRINTABLE.matcher(text).find(), "it has characters that cannot be seen");
    BlockText after = alone(block.block(), text);
    check(Format.isClean(text + "\n"), "it is not formatted as terraform fmt does");
    checkParts(block, before, after);
    checkExpressions(block, before, after);
    check(before.comments().containsAll(after.comments()), "it has a comment that was not there");
    check(!hasSecret(after), "it holds what looks like a secret");
    new BlockWidening(before, after).reason().ifPresent(BlockAcceptance::refuse);
    HclFile file = replaced(block, text);
    checkScan(block.module().project(), file, wanted);
    return file;
  }

  private static BlockText alone(Block old, String text) {
    HclFile file = parsed("the text", text + "\n");
    List<BodyItem> items = file.body().items();
    check(
        items.size() == 1
            && items.getFirst() instanceof Block block
            && block.span().equals(new Span(0, text.length())),
        "it is not one block and nothing else");
    Block block = (Block) items.getFirst();
    check(
        block.type().equals(old.type()) && block.labelValues().equals(old.labelValues()),
        "it is another block than the one asked for");
    return new BlockText(file, block);
  }

  private static HclFile parsed(String path, String text) {
    try {
      return HclFile.parse(path, text.getBytes(StandardCharsets.UTF_8));
    } catch (HclException e) {
      // Its message may repeat the text.
      throw new BlockRefusedException("it cannot be read as HCL (line " + e.line() + ")");
    }
  }

  private static void checkParts(ResourceBlock block, BlockText before, BlockText after) {
    List<String> changed =
        Stream.concat(before.parts().stream(), after.parts().stream())
            .distinct()
            .filter(name -> !before.part(name).equals(after.part(name)))
            .toList();
    check(!changed.isEmpty(), "it changes nothing");
    for (String name : changed) {
      check(!KEPT.contains(name), "it changes " + name + ", which is not to change");
      check(
          !block.ignoresChangesOf(name),
          "it changes what Terraform is told to ignore, so nothing would come of it");
    }
    for (String type : KEPT_INSIDE) {
      List<String> inside = after.nested(type);
      check(
          count(before.nested(type)).entrySet().containsAll(count(inside).entrySet()),
          "it adds or changes a block of type " + type);
    }
  }

  private static void checkExpressions(ResourceBlock block, BlockText before, BlockText after) {
    check(
        before.computed().containsAll(after.computed()),
        "it has a call or another expression that was not there");
    Set<List<String>> known =
        before.references().stream().map(Reference::names).collect(Collectors.toSet());
    for (Reference reference : after.references()) {
      check(
          known.contains(reference.names()) || isThere(block, reference),
          "it refers to "
              + Text.shown(String.join(".", reference.names()), 80)
              + ", which the block did not and which is no arn or id of another resource here");
    }
  }

  /** What comes from elsewhere could hide from the scan what it is. */
  private static boolean isThere(ResourceBlock block, Reference reference) {
    List<String> names = reference.names();
    return names.size() == 3
        && names.size() == reference.steps().size() + 1
        && OTHERS_ATTRIBUTES.contains(names.get(2))
        && block.module().resources(names.getFirst()).stream()
            .filter(other -> other.name().equals(names.get(1)) && other.repetition().isEmpty())
            // One that speaks of this one would make a circle.
            .anyMatch(
                other ->
                    !other.address().equals(block.address())
                        && Mentions.in(other.block().body(), block.address()) == 0);
  }

  private boolean hasSecret(BlockText text) {
    return Stream.concat(
            text.comments().stream(),
            text.literals().stream().map(l -> "%s = \"%s\"".formatted(l.name(), l.text())))
        .anyMatch(isSecret);
  }

  private static HclFile replaced(ResourceBlock block, String text) {
    HclFile file = block.file();
    Span span = block.block().span();
    String own = file.lineEnd().equals("\n") ? text : text.replace("\n", file.lineEnd());
    return parsed(
        file.path(),
        file.text().substring(0, span.start()) + own + file.text().substring(span.end()));
  }

  private void checkScan(Project project, HclFile file, Predicate<Violation> wanted) {
    List<Violation> now = scan.of(project.with(List.of(file)));
    check(now.stream().noneMatch(wanted), "the violation would still be there");
    Map<Key, Long> old = count(scan.of(project).stream().map(Key::of).toList());
    for (Map.Entry<Key, Long> entry : count(now.stream().map(Key::of).toList()).entrySet()) {
      check(
          entry.getValue() <= old.getOrDefault(entry.getKey(), 0L),
          "it would violate " + entry.getKey().rule());
    }
  }

  private static <T> Map<T, Long> count(List<T> all) {
    return all.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      refuse(otherwise);
    }
  }

  private static void refuse(String reason) {
    throw new BlockRefusedException(reason);
  }

  /** What makes a violation the same before and after. */
  private record Key(String rule, String module, String address, String message) {
    static Key of(Violation violation) {
      return new Key(
          violation.rule().id(),
          violation.resource().module().toString(),
          violation.resource().address(),
          violation.message());
    }
  }
}
