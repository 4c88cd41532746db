package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.Edit;
import dev.cloudmend.terraform.hcl.Edits;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.hcl.Span;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.ec2.Sources.Listing;
import dev.cloudmend.terraform.rules.ec2.Sources.Written;
import dev.cloudmend.terraform.rules.ec2.TrafficRule.Form;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Takes the world out of a rule of a security group: its ranges out of the lists that name others
 * too, or the rule as a whole where it names nobody else.
 */
final class Cut {

  private final TrafficRule rule;
  private final Sources sources;
  private final ResourceBlock resource;
  private final List<Remedy.FileEdit> edits = new ArrayList<>();
  private final List<String> reaches = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private Cut(TrafficRule rule, Sources sources) {
    this.rule = rule;
    this.sources = sources;
    this.resource = rule.resource();
  }

  static Remedy of(TrafficRule rule, Sources sources) {
    Cut cut = new Cut(rule, sources);
    Optional<String> refusal = sources.others() ? cut.narrow() : cut.removeWhole();
    return refusal
        .<Remedy>map(reason -> new Remedy.None("the rule is not edited: " + reason))
        .orElseGet(cut::remedy);
  }

  private Remedy remedy() {
    reaches.addAll(resource.module().project().reached(resource.module()));
    return new Remedy.Edit(edits, reaches, warnings);
  }

  private Optional<String> narrow() {
    for (Listing listing : sources.lists()) {
      if (rule.isIgnored(listing.argument())) {
        return Optional.of(ignored());
      }
      boolean inRound = round().isPresent();
      if (listing.whole() && !inRound) {
        removeArgument(listing.argument());
        continue;
      }
      if (listing.written().isEmpty()) {
        return Optional.of("its " + listing.argument() + " are not written out in one place");
      }
      for (Written written : listing.written()) {
        if (inRound && isInContent(written)) {
          return Optional.of("its " + listing.argument() + " are those of other rules too");
        }
        Optional<String> shared = Uses.shared(resource.module(), written.list());
        if (shared.isPresent()) {
          return shared;
        }
        reach(written.list());
        edit(written.list().file(), e -> without(e, written));
      }
    }
    return edits.isEmpty() ? Optional.of("it names others in a way of its own") : Optional.empty();
  }

  private boolean isInContent(Written written) {
    return written.list().file().equals(resource.file())
        && rule.fields().body().filter(b -> b.span().contains(written.tuple().span())).isPresent();
  }

  private void removeArgument(String argument) {
    Optional<Body> body = rule.fields().body();
    if (body.isPresent()) {
      edit(resource.file(), e -> body.get().attribute(argument).ifPresent(e::remove));
    } else {
      Expression value = rule.fields().written(argument).orElseThrow();
      edit(resource.file(), e -> e.replace(value, "[]"));
    }
  }

  private static void without(Edits edits, Written written) {
    Tuple tuple = written.tuple();
    if (areApart(written)) {
      written.world().forEach(each -> edits.remove(tuple, each));
      return;
    }
    // Of neighbours on one line that go together, each would take the comma between them.
    HclFile file = written.list().file();
    edits.replace(
        tuple,
        HclText.list(
            tuple.elements().stream()
                .filter(each -> !written.world().contains(each))
                .map(each -> file.text(each.span()))
                .toList()));
  }

  private static boolean areApart(Written written) {
    Edits trial = written.list().file().edit();
    written.world().forEach(each -> trial.remove(written.tuple(), each));
    List<Span> spans =
        trial.list().stream().map(Edit::span).sorted(Comparator.comparingInt(Span::start)).toList();
    return IntStream.range(1, spans.size())
        .allMatch(i -> spans.get(i - 1).end() <= spans.get(i).start());
  }

  private Optional<String> removeWhole() {
    if (!(rule.form() instanceof Form.Own) && resource.ignoresChangesOf(rule.direction())) {
      return Optional.of(ignored());
    }
    warnings.add("the rule names nobody but the world, so all of it goes");
    return switch (rule.form()) {
      case Form.Inline inline -> removeBlock(inline.block());
      case Form.Listed listed -> {
        edit(resource.file(), e -> e.remove(listed.list(), listed.object()));
        yield Optional.empty();
      }
      case Form.Dynamic dynamic when dynamic.round().isEmpty() -> removeBlock(dynamic.block());
      case Form.Dynamic dynamic -> removeRound(dynamic.round().orElseThrow());
      case Form.Own own when own.round().isPresent() -> removeRound(own.round().get());
      case Form.Own own -> removeResource();
    };
  }

  private Optional<String> removeResource() {
    Optional<String> kept = Uses.keeps(resource);
    if (kept.isEmpty()) {
      edit(resource.file(), e -> e.remove(resource.block()));
    }
    return kept;
  }

  private Optional<String> removeRound(Element round) {
    Located collection = round.collection();
    Optional<String> shared = Uses.shared(resource.module(), collection);
    if (shared.isPresent()) {
      return shared;
    }
    boolean last = Element.of(round.iterator(), collection).size() == 1;
    if (last && rule.form() instanceof Form.Dynamic) {
      warnings.add(
          "no %s is declared any more by the dynamic block: Terraform then leaves the rules that"
                  .formatted(rule.direction())
              + " are there, unless %s = [] is written instead".formatted(rule.direction()));
    }
    reach(collection);
    edit(
        collection.file(),
        e -> {
          switch (collection.expression()) {
            case Tuple tuple -> e.remove(tuple, round.value());
            case ObjectValue object -> e.remove(object, round.entry().orElseThrow());
            default -> throw new IllegalStateException("a round of no collection");
          }
        });
    return Optional.empty();
  }

  private Optional<String> removeBlock(Block block) {
    edit(resource.file(), e -> removeBlock(e, resource, rule.direction(), block));
    return Optional.empty();
  }

  /**
   * Removes one of the blocks of a direction.
   *
   * <p>The last one gives way to an empty list: Terraform leaves a group's rules as they are when
   * none are declared (documentation of aws_security_group, "Removing All Ingress and Egress
   * Rules"). So that not all go at once and leave nothing, the edit of the last one in the source
   * spans the others and has to wait for theirs.
   */
  private static void removeBlock(
      Edits edits, ResourceBlock resource, String direction, Block block) {
    List<Block> all = blocks(resource, direction);
    if (all.size() == 1) {
      edits.replace(block.span(), direction + " = []");
      return;
    }
    if (!block.equals(all.getLast())) {
      edits.remove(block);
      return;
    }
    HclFile file = resource.file();
    Span gone = file.edit().remove(block).list().getFirst().span();
    int start = Math.min(gone.start(), all.getFirst().span().start());
    int end = Math.max(gone.end(), all.getLast().span().end());
    edits.replace(
        new Span(start, end),
        file.text(new Span(start, gone.start())) + file.text(new Span(gone.end(), end)));
  }

  private static List<Block> blocks(ResourceBlock resource, String direction) {
    return resource.block().body().blocks().stream()
        .filter(block -> block.is(direction) || block.is("dynamic", direction))
        .toList();
  }

  private Optional<Element> round() {
    return switch (rule.form()) {
      case Form.Dynamic dynamic -> dynamic.round();
      case Form.Own own -> own.round();
      default -> Optional.empty();
    };
  }

  private void reach(Located list) {
    if (!list.by().isEmpty()) {
      reaches.add(
          "%s:%d by %s"
              .formatted(
                  list.file().path(),
                  list.file().position(list.expression().span().start()).line(),
                  String.join(" by ", list.by())));
    }
  }

  private void edit(HclFile file, Consumer<Edits> change) {
    edits.add(new Remedy.FileEdit(file, change));
  }

  private String ignored() {
    return "lifecycle.ignore_changes of "
        + resource.address()
        + " names it: Terraform would not apply the edit";
  }
}
