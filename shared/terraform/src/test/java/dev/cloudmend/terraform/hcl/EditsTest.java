package dev.cloudmend.terraform.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.terraform.hcl.Expression.Heredoc;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditsTest {

  private static final String BUCKET =
      """
      resource "aws_s3_bucket" "a" {
        bucket        = "x" # the name
        force_destroy = true

        # who
        tags = {
          Owner = "me"
        }

        versioning {
          enabled = false
        }
      }
      """;

  @Test
  void replacesOnlyTheValueOfAnArgument() {
    String after =
        edited(
            BUCKET,
            (file, edits) ->
                edits.set(first(file).blocks("versioning").getFirst(), "enabled", "true"));

    assertThat(after).isEqualTo(BUCKET.replace("enabled = false", "enabled = true"));
  }

  @Test
  void settingTheValueItHasIsNoEdit() {
    HclFile file = parsed(BUCKET);
    Edits edits =
        file.edit()
            .set(first(file), "force_destroy", "true")
            .set(first(file), "tags", "{\n  Owner = \"me\"\n}")
            .addBlock(first(file), "versioning {\n  enabled = false\n}");

    assertThat(edits.isEmpty()).isTrue();
    assertThat(edits.apply()).isSameAs(file);
  }

  @Test
  void aNewArgumentJoinsTheLinesAboveWhenItsNameFits() {
    assertThat(
            edited(
                "a {\n  long_name = 1 # x\n  b         = 2\n\n  c {}\n}\n",
                (file, edits) -> edits.set(first(file), "new", "3")))
        .isEqualTo("a {\n  long_name = 1 # x\n  b         = 2\n  new       = 3\n\n  c {}\n}\n");
  }

  @Test
  void aNewArgumentThatIsTooLongStandsApartAndMovesNoLine() {
    assertThat(edited("a {\n  b = 2\n}\n", (file, edits) -> edits.set(first(file), "longer", "3")))
        .isEqualTo("a {\n  b = 2\n\n  longer = 3\n}\n");
  }

  @Test
  void newArgumentsOfOneEditStandTogetherBeforeTheBlocks() {
    Map<String, String> added = new LinkedHashMap<>();
    added.put("b", "1");
    added.put("long", HclText.list(List.of(HclText.string("x"))));

    assertThat(edited("a {\n  x {}\n}\n", (file, edits) -> edits.set(first(file).body(), added)))
        .isEqualTo("a {\n  b    = 1\n  long = [\"x\"]\n\n  x {}\n}\n");
  }

  @Test
  void aValueOverSeveralLinesLeavesTheRunAndItsNeighboursFollow() {
    assertThat(
            edited(
                "a {\n  b    = 1\n  long = 2\n}\n",
                (file, edits) -> edits.set(first(file), "long", "[\n  2,\n]")))
        .isEqualTo("a {\n  b = 1\n  long = [\n    2,\n  ]\n}\n");
  }

  @Test
  void linesThatWereNotLinedUpAreLeftAsTheyWere() {
    assertThat(
            edited(
                "a {\n  b = 1\n  long = 2 # x\n  c   = 3   # y\n}\n",
                (file, edits) -> edits.set(first(file), "long", "22222")))
        .isEqualTo("a {\n  b = 1\n  long = 22222 # x\n  c   = 3   # y\n}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a {}|a {~  b = 1~}",
        "a {   }~|a {~  b = 1~}~",
        "'  a { c = 1 }~'|'  a {~    c = 1~    b = 1~  }~'",
        "a { long = 1 } # x~|a {~  long = 1~  b    = 1~} # x~",
        "a {~}~|a {~  b = 1~}~",
        "a { # x~}~|a { # x~  b = 1~}~",
      })
  void anEmptyBlockIsOpened(String before, String after) {
    assertThat(edited(lines(before), (file, edits) -> edits.set(first(file), "b", "1")))
        .isEqualTo(lines(after));
  }

  @Test
  void lineEndsByteOrderMarkAndAMissingLastLineEndAreKept() {
    assertThat(
            edited(
                "\uFEFFa {\r\n  b = 1\r\n}",
                (file, edits) ->
                    edits
                        .set(first(file), "c", "[\n  1,\n]")
                        .insertAfter(first(file), "d {\n  e = 1\n}")))
        .isEqualTo(
            "\uFEFFa {\r\n  b = 1\r\n  c = [\r\n    1,\r\n  ]\r\n}\r\n\r\nd {\r\n  e = 1\r\n}");
  }

  @Test
  void addsABlockAtTheEndAndBesideAnother() {
    String block = HclText.block("rule", List.of(), "text = <<-EOT\n    a\n\n    b\n  EOT");

    assertThat(
            edited(
                "a {\n  b = 1\n}\n\nc {}\n", (file, edits) -> edits.addBlock(first(file), block)))
        .isEqualTo(
            """
            a {
              b = 1

              rule {
                text = <<-EOT
                    a

                    b
                  EOT
              }
            }

            c {}
            """);
    assertThat(
            edited(
                "a {\n} # end\nc {}\n",
                (file, edits) -> edits.insertAfter(first(file), "b \"x\" {}")))
        .isEqualTo("a {\n} # end\n\nb \"x\" {}\n\nc {}\n");
  }

  @Test
  void addsABlockAtTheEndOfTheFile() {
    BiConsumer<HclFile, Edits> add = (file, edits) -> edits.addBlock(file.body(), "b {}");

    assertThat(edited("", add)).isEqualTo("b {}\n");
    assertThat(edited("# x\n", add)).isEqualTo("# x\n\nb {}\n");
    assertThat(edited("a {}", add)).isEqualTo("a {}\n\nb {}");
    assertThat(edited("a {}\n\n", add)).isEqualTo("a {}\n\nb {}\n");
  }

  @Test
  void replacesABody() {
    assertThat(
            edited(
                "a {\n  b { # x\n    c = 1\n  }\n}\n",
                (file, edits) ->
                    edits.replaceBody(first(file).blocks("b").getFirst(), "d = 2\n\ne {}")))
        .isEqualTo("a {\n  b {\n    d = 2\n\n    e {}\n  }\n}\n");
    assertThat(edited("a {\n  b = 1\n}\n", (file, edits) -> edits.replaceBody(first(file), "")))
        .isEqualTo("a {}\n");
  }

  @Test
  void removesAnArgumentWithItsOwnComments() {
    assertThat(edited(BUCKET, (file, edits) -> edits.remove(argument(file, "tags"))))
        .isEqualTo(BUCKET.replace("  # who\n  tags = {\n    Owner = \"me\"\n  }\n\n", ""));
    assertThat(edited(BUCKET, (file, edits) -> edits.remove(argument(file, "force_destroy"))))
        .isEqualTo(
            BUCKET.replace("  force_destroy = true\n", "").replace("bucket        =", "bucket ="));
    assertThat(edited("a { b = 1 }\n", (file, edits) -> edits.remove(argument(file, "b"))))
        .isEqualTo("a {}\n");
  }

  @Test
  void commentsThatHeadOtherArgumentsOrTheFileStay() {
    assertThat(
            edited(
                "a {\n  # both\n  b = 1\n  c = 2\n}\n",
                (file, edits) -> edits.remove(argument(file, "b"))))
        .isEqualTo("a {\n  # both\n  c = 2\n}\n");
    assertThat(edited("# licence\na {}\n", (file, edits) -> edits.remove(first(file))))
        .isEqualTo("# licence\n");
  }

  @Test
  void removesABlockWithItsCommentsAndOneBlankLine() {
    assertThat(
            edited(
                "a {}\n\n// of b\nb {\n} // end\n\nc {}\n",
                (file, edits) -> edits.remove(file.blocks("b").getFirst())))
        .isEqualTo("a {}\n\nc {}\n");
    assertThat(
            edited("a {}\n\n\nb {}\n", (file, edits) -> edits.remove(file.blocks("b").getFirst())))
        .isEqualTo("a {}\n");
    assertThat(edited("a {}\n\nb {}\n", (file, edits) -> edits.remove(first(file))))
        .isEqualTo("b {}\n");
  }

  @Test
  void aHeredocKeepsItsMarkerAndIndentation() {
    assertThat(
            edited(
                "a {\n  b = <<-EOT\n    old\n  EOT\n}\n",
                (file, edits) ->
                    edits.replaceContent(
                        (Heredoc) argument(file, "b").value(), "${new}\n  more\n\nend")))
        .isEqualTo("a {\n  b = <<-EOT\n    $${new}\n      more\n\n    end\n  EOT\n}\n");
    assertThat(
            edited(
                "b = <<EOT\r\nEOT  \r\n",
                (file, edits) -> edits.replaceContent((Heredoc) value(file), "x\n")))
        .isEqualTo("b = <<EOT\r\nx\r\nEOT  \r\n");
  }

  @Test
  void aHeredocRefusesWhatItCannotHold() {
    HclFile file = parsed("b = <<-EOT\n  x\n  EOT\n");

    assertThatThrownBy(() -> file.edit().replaceContent((Heredoc) value(file), "a\n EOT \n"))
        .isInstanceOf(HclException.class)
        .hasMessageContaining("end the heredoc");
    assertThatThrownBy(() -> file.edit().replaceContent((Heredoc) value(file), "  a\n  b\n"))
        .isInstanceOf(HclException.class)
        .hasMessageContaining("indentation");
  }

  @Test
  void aHeredocGivesWayToAnotherValueWithTheBlanksAfterItsMarker() {
    assertThat(edited("b = <<EOT\nx\nEOT  \n", (file, edits) -> edits.replace(value(file), "1")))
        .isEqualTo("b = 1\n");
  }

  @Test
  void partsOfAnotherFileAreRefused() {
    HclFile other = parsed("x {\n  y = [1]\n}\n");
    HclFile file = parsed("a {}\n");

    assertThatThrownBy(() -> file.edit().remove(first(other).attribute("y").orElseThrow()))
        .isInstanceOf(HclException.class)
        .hasMessageContaining("another file");
  }

  private static String edited(String text, BiConsumer<HclFile, Edits> edit) {
    HclFile file = parsed(text);
    Edits edits = file.edit();
    edit.accept(file, edits);
    return edits.apply().text();
  }

  private static String lines(String text) {
    return text.replace('~', '\n');
  }

  private static HclFile parsed(String text) {
    return HclFile.parse("main.tf", text);
  }

  private static Block first(HclFile file) {
    return file.body().blocks().getFirst();
  }

  private static Attribute argument(HclFile file, String name) {
    return first(file).attribute(name).orElseThrow();
  }

  private static Expression value(HclFile file) {
    return file.body().attributes().getFirst().value();
  }
}
