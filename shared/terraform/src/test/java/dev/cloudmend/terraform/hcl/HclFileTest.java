package dev.cloudmend.terraform.hcl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.hcl.Expression.Access;
import dev.cloudmend.terraform.hcl.Expression.Call;
import dev.cloudmend.terraform.hcl.Expression.Heredoc;
import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HclFileTest {

  static List<Path> samples() throws IOException, URISyntaxException {
    Path folder = Path.of(HclFileTest.class.getResource("/hcl").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsReadAndWrittenUnchanged(Path sample) throws IOException {
    byte[] bytes = Files.readAllBytes(sample);

    assertThat(HclFile.parse(sample.toString(), bytes).bytes()).isEqualTo(bytes);
  }

  @Test
  void everyFileOfTheProjectsOwnTerraformIsReadAndWrittenUnchanged() throws IOException {
    try (Stream<Path> files =
        Files.walk(Path.of(System.getProperty("cloudmend.root"), "infra-terraform"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".tf")))
          .isNotEmpty()
          .allSatisfy(
              file -> {
                byte[] bytes = Files.readAllBytes(file);
                assertThat(HclFile.parse(file.toString(), bytes).bytes()).isEqualTo(bytes);
              });
    }
  }

  @Test
  void findsBlocksByTypeAndLabelsAndTheirArguments() {
    HclFile file =
        parsed(
            """
            resource "aws_s3_bucket" "logs" {
              bucket = "my-logs"
              versioning {
                enabled = true
                days    = 1.50
              }
            }
            resource aws_s3_bucket other {}
            """);

    Block logs = file.blocks("resource", "aws_s3_bucket", "logs").getFirst();
    assertThat(logs.attribute("bucket").flatMap(Attribute::literal)).contains("my-logs");
    Block versioning = logs.blocks("versioning").getFirst();
    assertThat(versioning.attribute("enabled").flatMap(Attribute::literal)).contains("true");
    assertThat(versioning.attribute("days").flatMap(Attribute::literal)).contains("1.50");
    assertThat(versioning.attribute("absent")).isEmpty();
    assertThat(file.position(versioning.span().start())).isEqualTo(new Position(3, 3));
    assertThat(file.text(logs.header())).isEqualTo("resource \"aws_s3_bucket\" \"logs\" {");
    assertThat(file.blocks("resource", "aws_s3_bucket")).hasSize(2).last().matches(Block::oneLine);
    assertThat(file.blocks("resource", "aws_s3_bucket", "other", "more")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "var.x|var.x",
        "aws_s3_bucket.a[0].id|aws_s3_bucket.a",
        "aws_s3_bucket.a[var.i].id|aws_s3_bucket.a var.i",
        "a[*].b|a",
        "a.*.b|a",
        "a.0.b|a.0.b",
        "\"x ${data.y.z} ${f(local.q)}\"|data.y.z local.q",
        "[for v in var.l : v.id if local.on]|var.l local.on",
        "{ for k, v in var.m : k => \"${v}-${each.key}\" }|var.m each.key",
        "\"%{ for v in var.l }${v}${w}%{ endfor }${v}\"|var.l w v",
        "{ bare = var.a, (local.k) = 1, true = null }|var.a local.k",
        "var.a == null ? -var.b : (!c && d)|var.a var.b c d",
        "provider::aws::f(x...).y[z]|x z",
      })
  void namesWhatAnExpressionRefersTo(String expression, String references) {
    assertThat(value(expression).references())
        .extracting(reference -> String.join(".", reference.names()))
        .containsExactly(references.split(" "));
  }

  @Test
  void readsTextsWithoutTheirEscapes() {
    assertThat(value("\"a \\\"b\\\" \\\\ \\n \\u00e9 \\U0001F600 $${c} %%{d} $ %\"").string())
        .contains("a \"b\" \\ \n é 😀 ${c} %{d} $ %");
    assertThat(value("\"${a}\"").string()).isEmpty();
    assertThat(value("(\"a\")").string()).contains("a");
  }

  @Test
  void readsHeredocsAsTerraformDoes() {
    assertThat(value("<<EOT\n  a\\n\n b $${c}\nEOT\n").string()).contains("  a\\n\n b ${c}\n");
    assertThat(value("<<-EOT\n    a\n\n      b\n  EOT\n").string()).contains("a\n\n  b\n");
    Heredoc heredoc = (Heredoc) value("<<-EOT\n  ${var.x}\n  EOT  \n");
    assertThat(heredoc.marker()).isEqualTo("EOT");
    assertThat(heredoc.string()).isEmpty();
    assertThat(heredoc.references()).hasSize(1);
    assertThat(((Heredoc) value("<<E\nE\n")).content().length()).isZero();
  }

  @Test
  void readsObjectsWithEveryKindOfKeyAndSeparator() {
    ObjectValue object = (ObjectValue) value("{ a = 1, \"b c\" : 2\n null = 3 # x\n (d) = 4, }");

    assertThat(object.entries()).hasSize(4);
    assertThat(object.entries().stream().map(ObjectEntry::name).flatMap(java.util.Optional::stream))
        .containsExactly("a", "b c", "null");
    assertThat(object.entry("b c")).isPresent();
  }

  @Test
  void tellsACallFromItsSteps() {
    Access access = (Access) value("jsondecode(file(\"x\")).a[0]");

    assertThat(((Call) access.source()).name()).isEqualTo("jsondecode");
    assertThat(access.steps()).hasSize(2);
    assertThat(((Reference) value("f")).names()).containsExactly("f");
    assertThat(((Call) value("a::b (1, c...)")).expanded()).isTrue();
  }

  @Test
  void keepsCommentsAndKnowsWhichStandAlone() {
    HclFile file = parsed("# one\na = 1 // two\n/* three */ b = [ # four\n]\n");

    assertThat(file.comments())
        .extracting(comment -> file.text(comment.span()))
        .containsExactly("# one", "// two", "/* three */", "# four");
    assertThat(file.comments())
        .extracting(Comment::ownLine)
        .containsExactly(true, false, true, false);
  }

  @Test
  void countsColumnsInCodePoints() {
    HclFile file = parsed("\uFEFFa = \"😀\" # x\n");

    assertThat(file.position(file.comments().getFirst().span().start()))
        .isEqualTo(new Position(1, 9));
    assertThat(file.position(0)).isEqualTo(new Position(1, 1));
    assertThat(file.position(file.text().length())).isEqualTo(new Position(2, 1));
  }

  private static HclFile parsed(String text) {
    return HclFile.parse("main.tf", text.getBytes(UTF_8));
  }

  private static Expression value(String expression) {
    return parsed("a = " + expression + "\n").body().attribute("a").orElseThrow().value();
  }
}
