package dev.cloudmend.terraform.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.hcl.Span;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Sources;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SourceFixTest {

  private static final String THING =
      """
      resource "thing" "a" {
        one = false
      }
      """;

  @Test
  void mendsSeveralThingsOfOneResourceAndNothingElse() {
    Project project =
        Sources.project(
            "main.tf",
            """
            # kept
            resource "thing" "a" {
              one = false # kept too
            }

            resource "thing" "b" {
              one = true
              two = true
            }
            """);
    SourceFix.Result result = fix(project, flag("one"), flag("two"));
    assertThat(text(result, "main.tf"))
        .isEqualTo(
            """
            # kept
            resource "thing" "a" {
              one = true # kept too
              two = true
            }

            resource "thing" "b" {
              one = true
              two = true
            }
            """);
    assertThat(result.fixed()).hasSize(2);
    assertThat(result.left()).isEmpty();
    assertThat(fix(project.with(result.changed().values()), flag("one"), flag("two")).changed())
        .isEmpty();
  }

  @Test
  void leavesWhatItsEditWouldNotMend() {
    SourceRule stubborn =
        rule(
            "stubborn",
            Safety.LITERAL,
            one -> Remedies.set(one, one.block().body(), "three", "true"),
            one -> true);
    SourceFix.Result result = fix(Sources.project("main.tf", THING), stubborn, flag("one"));
    assertThat(text(result, "main.tf")).contains("one = true").doesNotContain("three");
    assertThat(result.left())
        .singleElement()
        .extracting(SourceFix.Left::reason)
        .isEqualTo("the edit would not mend it");
  }

  @Test
  void leavesWhatItsEditWouldMakeWorse() {
    SourceRule harmful =
        rule(
            "harmful",
            Safety.LITERAL,
            one -> Remedies.set(one, one.block().body(), "two", "false"),
            one -> one.value("two").text().isEmpty());
    SourceRule noFalse =
        rule(
            "no-false",
            Safety.LITERAL,
            one -> new Remedy.None("by hand"),
            one -> one.value("two").text().filter("false"::equals).isPresent());
    SourceFix.Result result = fix(Sources.project("main.tf", THING), harmful, noFalse);
    assertThat(result.changed()).isEmpty();
    assertThat(result.left())
        .singleElement()
        .extracting(SourceFix.Left::reason)
        .isEqualTo("the edit would violate no-false at thing.a");
  }

  @Test
  void leavesWhatTerraformFmtWouldChangeAfterItsEditAndMendsTheRest() {
    SourceRule careless = careless("one");
    SourceFix.Result result =
        fix(
            Sources.project("main.tf", THING.replace("}", "  two = false\n}")),
            careless,
            flag("two"));
    assertThat(text(result, "main.tf")).contains("one = false\n  two = true\n");
    assertThat(result.left())
        .singleElement()
        .extracting(SourceFix.Left::reason)
        .isEqualTo("terraform fmt would change main.tf after the edit");
  }

  @Test
  void leavesEditsAfterWhichAFileIsNotFormattedOnlyTogether() {
    Project project = Sources.project("main.tf", THING.replace("false", "{ a = 1 }"));
    SourceRule opening = replacing("opening", "{ a", "{\n  a");
    SourceRule closing = replacing("closing", "1 }", "1\n  }");
    assertThat(fix(project, opening).left()).isEmpty();
    assertThat(fix(project, closing).left()).isEmpty();
    SourceFix.Result both = fix(project, opening, closing);
    assertThat(both.changed()).isEmpty();
    assertThat(both.left())
        .extracting(SourceFix.Left::reason)
        .containsOnly("terraform fmt would change main.tf after the edit")
        .hasSize(2);
  }

  @Test
  void aFileThatWasNotFormattedIsNotHeldToIt() {
    SourceFix.Result result =
        fix(Sources.project("main.tf", THING.replace("one =", "one   =")), careless("one"));
    assertThat(text(result, "main.tf")).contains("one   =  true\n");
    assertThat(result.left()).isEmpty();
  }

  @Test
  void doesNotMakeABreakingEditWithoutAYes() {
    SourceRule breaking =
        rule(
            "breaking",
            Safety.BREAKING,
            one -> Remedies.set(one, one.block().body(), "one", "true"),
            one -> one.value("one").isCertainlyNotTrue());
    Project project = Sources.project("main.tf", THING);
    var scan = new Scan(List.of(breaking), RuleSettings.DEFAULT);
    assertThat(new SourceFix(scan).fix(project, v -> true, false).left())
        .singleElement()
        .extracting(SourceFix.Left::reason)
        .asString()
        .contains("needs a yes");
    assertThat(new SourceFix(scan).fix(project, v -> true, true).fixed()).hasSize(1);
  }

  @Test
  void whatAnotherEditMendedIsMended() {
    SourceRule both =
        rule(
            "both",
            Safety.LITERAL,
            one -> Remedies.set(one, one.block().body(), "one", "1"),
            one -> one.value("one").text().filter("false"::equals).isPresent());
    SourceRule same =
        rule(
            "same",
            Safety.LITERAL,
            one -> Remedies.set(one, one.block().body(), "one", "2"),
            one -> one.value("one").text().filter("false"::equals).isPresent());
    SourceFix.Result result = fix(Sources.project("main.tf", THING), both, same);
    assertThat(text(result, "main.tf")).contains("one = 1");
    assertThat(result.left()).isEmpty();
    assertThat(result.fixed())
        .extracting(fixed -> fixed.violation().rule().id(), fixed -> fixed.remedy().isPresent())
        .containsExactly(tuple("both", true), tuple("same", false));
  }

  @Test
  void makesOnlyWhatIsWanted() {
    Project project = Sources.project("main.tf", THING);
    var scan = new Scan(List.of(flag("one"), flag("two")), RuleSettings.DEFAULT);
    SourceFix.Result result =
        new SourceFix(scan).fix(project, v -> v.rule().id().equals("two"), false);
    assertThat(text(result, "main.tf")).contains("one = false").contains("two = true");
  }

  @Test
  void followsAVariableToItsDefaultAndSaysWhatElseItReaches() {
    Project project =
        Sources.project(
            "main.tf",
            """
            resource "thing" "a" {
              one = var.flag
            }

            resource "other" "b" {
              flag = var.flag
            }

            resource "other" "c" {
              flag = var.flagged
            }

            variable "flag" {
              type    = bool
              default = false
            }
            """);
    SourceFix.Result result = fix(project, flag("one"));
    assertThat(text(result, "main.tf")).contains("default = true").contains("one = var.flag");
    assertThat(result.fixed().getFirst().remedy().orElseThrow().reaches())
        .containsExactly("main.tf:15 by var.flag", "var.flag in other.b too");
  }

  @Test
  void editsTheCallOfAModuleAndNotTheModuleOfOthers() {
    Project project =
        Sources.project(
            "main.tf",
            "module \"a\" {\n  source = \"./m\"\n  flag   = false\n}\n",
            "m/main.tf",
            "variable \"flag\" {\n  default = true\n}\n\nresource \"thing\" \"a\" {\n  one = var.flag\n}\n");
    SourceFix.Result result = fix(project, flag("one"));
    assertThat(result.changed()).containsOnlyKeys("main.tf");
    assertThat(text(result, "main.tf")).contains("flag   = true");
    assertThat(result.fixed().getFirst().remedy().orElseThrow().reaches())
        .containsExactly("main.tf:3 by var.flag by module.a in main.tf:1", "module.a in main.tf:1");
  }

  @Test
  void saysWhyAnIgnoredOrUnknownArgumentIsNotEdited() {
    Project project =
        Sources.project(
            "main.tf",
            """
            resource "thing" "a" {
              one = false
              lifecycle {
                ignore_changes = [one]
              }
            }
            """);
    assertThat(fix(project, flag("one")).left())
        .singleElement()
        .extracting(SourceFix.Left::reason)
        .asString()
        .contains("ignore_changes");
  }

  @Test
  void aSiblingFollowsTheRepetitionOfItsTarget() {
    SourceRule sibling =
        rule(
            "sibling",
            Safety.SIBLING,
            one -> Remedies.sibling(one, "part", "thing", "id", "on = true"),
            one -> one.module().referring("part", "thing", one, "name").isEmpty());
    Project project =
        Sources.project(
            "main.tf",
            """
            resource "thing" "a" {
              count = 2
            }

            resource "thing" "b" {
              for_each = var.all
            }

            resource "thing" "c" {
              provider = aws.eu
            }

            resource "part" "c" {
              thing = "elsewhere"
            }
            """);
    assertThat(text(fix(project, sibling), "main.tf"))
        .isEqualTo(
            """
            resource "thing" "a" {
              count = 2
            }

            resource "part" "a" {
              count = length(thing.a)

              thing = thing.a[count.index].id

              on = true
            }

            resource "thing" "b" {
              for_each = var.all
            }

            resource "part" "b" {
              for_each = thing.b

              thing = each.value.id

              on = true
            }

            resource "thing" "c" {
              provider = aws.eu
            }

            resource "part" "c_2" {
              provider = aws.eu

              thing = thing.c.id

              on = true
            }

            resource "part" "c" {
              thing = "elsewhere"
            }
            """);
  }

  /** Writes a value with one blank too many. */
  private static SourceRule careless(String name) {
    return rule(
        name,
        Safety.LITERAL,
        one ->
            Remedies.edit(
                one,
                edits ->
                    edits.replace(
                        one.block().attribute(name).orElseThrow().value().span(), " true")),
        one -> one.value(name).isCertainlyNotTrue());
  }

  private static SourceRule replacing(String id, String old, String replacement) {
    return rule(
        id,
        Safety.LITERAL,
        one -> {
          int at = one.file().text().indexOf(old);
          return Remedies.edit(
              one, edits -> edits.replace(new Span(at, at + old.length()), replacement));
        },
        one -> one.file().text().contains(old));
  }

  private static SourceRule flag(String name) {
    return rule(
        name,
        Safety.LITERAL,
        one -> Remedies.set(one, one.block().body(), name, "true"),
        one -> one.value(name).isCertainlyNotTrue());
  }

  private static SourceRule rule(
      String id,
      Safety safety,
      Function<ResourceBlock, Remedy> remedy,
      java.util.function.Predicate<ResourceBlock> violates) {
    var info =
        new RuleInfo(
            id, id, "", Severity.LOW, safety, List.of(), List.of(), List.of(), List.of("thing"));
    return new SourceRule() {
      @Override
      public RuleInfo info() {
        return info;
      }

      @Override
      public List<Violation> violations(Module module, RuleSettings settings) {
        return module.resources("thing").stream()
            .filter(violates)
            .map(r -> new Violation(info, r, r.block().header(), id + " is wrong", remedy.apply(r)))
            .toList();
      }
    };
  }

  private static SourceFix.Result fix(Project project, SourceRule... rules) {
    return new SourceFix(new Scan(List.of(rules), RuleSettings.DEFAULT))
        .fix(project, v -> true, false);
  }

  private static String text(SourceFix.Result result, String path) {
    HclFile file = result.changed().get(path);
    return file == null ? "" : file.text();
  }
}
