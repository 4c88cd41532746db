package dev.cloudmend.terraform.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.cloudmend.model.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {

  private static final String BUCKET =
      "resource \"aws_s3_bucket\" \"b\" {\n  bucket = var.name\n}\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a\"|\"a\"",
        "true|true",
        "14|14",
        "[1, \"a\"]|[1,\"a\"]",
        "{ a = 1, \"b\" : [] }|{\"a\":1,\"b\":[]}",
        "(true)|true",
        "toset([\"a\"])|[\"a\"]",
        "true ? \"a\" : \"b\"|\"a\"",
        "jsonencode({ a = 1 })|\"{\\\"a\\\":1}\"",
        "local.prefix|\"acme\"",
        "\"${local.prefix}-logs\"|\"acme-logs\"",
        "\"${local.prefix}\"|\"acme\"",
        "local.tags.team|\"core\""
      })
  void whatIsWrittenOutIsKnown(String expression, String json) {
    Value value = value(expression);
    assertThat(value)
        .asInstanceOf(type(Value.Known.class))
        .extracting(Value.Known::value)
        .isEqualTo(Json.parse(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aws_kms_key.k.arn|aws_kms_key.k.arn",
        "var.given|has no default",
        "var.none|is not declared",
        "local.none|there is no local.none",
        "uuid()|uuid()",
        "[for x in [1] : x]|computed",
        "var.given ? 1 : 2|depends on var.given",
        "1 + 1|computed",
        "local.circle|names",
        "\"a-${aws_vpc.v.id}\"|aws_vpc.v.id",
        "[aws_vpc.v.id]|aws_vpc.v.id",
        "{ (local.prefix) = aws_vpc.v.id }|key is computed"
      })
  void whatIsKnownAtApplyOnlyIsNotGuessed(String expression, String reason) {
    assertThat(value(expression))
        .asInstanceOf(type(Value.Unknown.class))
        .extracting(Value.Unknown::reason)
        .asString()
        .contains(reason);
  }

  @Test
  void whatIsNotThereOrNullIsUnset() {
    assertThat(value("null")).isInstanceOf(Value.Unset.class);
    assertThat(value("local.tags.none")).isInstanceOf(Value.Unset.class);
    Project project = Sources.project("main.tf", "resource \"a\" \"b\" {}\n");
    assertThat(Sources.module(project, "").resources().getFirst().value("x"))
        .isInstanceOf(Value.Unset.class);
  }

  @Test
  void aVariableComesToItsDefaultWithTheWayToIt() {
    Project project =
        Sources.project(
            "main.tf", BUCKET, "variables.tf", "variable \"name\" {\n  default = \"logs\"\n}\n");
    Value.Known name = name(project, "");
    assertThat(name.value().asText()).isEqualTo("logs");
    assertThat(name.origins())
        .singleElement()
        .satisfies(
            origin -> {
              assertThat(origin.file().path()).isEqualTo("variables.tf");
              assertThat(origin.line()).isEqualTo(2);
              assertThat(origin.by()).isEqualTo(List.of("var.name"));
            });
  }

  @Test
  void aFileOfVariablesThatTerraformReadsByItselfComesBeforeTheDefaultAndTheLastOneCounts() {
    Project project =
        Sources.project(
            "main.tf", BUCKET,
            "variables.tf", "variable \"name\" {\n  default = \"logs\"\n}\n",
            "a.auto.tfvars", "name = \"one\"\n",
            "b.auto.tfvars", "name = \"two\"\n",
            "terraform.tfvars", "name = \"first\"\n");
    assertThat(name(project, "").value().asText()).isEqualTo("two");
  }

  @Test
  void aFileOfVariablesThatOnlySomeRunsAreGivenMakesItUnknown() {
    Project project =
        Sources.project(
            "main.tf", BUCKET,
            "variables.tf", "variable \"name\" {\n  default = \"logs\"\n}\n",
            "prod.tfvars", "name = \"prod-logs\"\n");
    assertThat(Sources.module(project, "").resources().getFirst().value("bucket"))
        .asInstanceOf(type(Value.Unknown.class))
        .extracting(Value.Unknown::reason)
        .asString()
        .contains("prod.tfvars");
  }

  @Test
  void aModulesVariableComesFromItsCallers() {
    Project project =
        Sources.project(
            "main.tf",
            """
            module "a" {
              source = "./modules/bucket"
              name   = "same"
            }

            module "b" {
              source = "./modules/bucket"
              name   = "same"
            }
            """,
            "modules/bucket/main.tf",
            BUCKET + "variable \"name\" {}\n");
    Value.Known name = name(project, "modules/bucket");
    assertThat(name.value().asText()).isEqualTo("same");
    assertThat(name.origins()).extracting(Origin::line).containsExactly(3, 8);
    assertThat(name.origins().getFirst().by()).containsExactly("var.name", "module.a in main.tf:1");
    assertThat(project.reached(Sources.module(project, "modules/bucket")))
        .containsExactly("module.a in main.tf:1", "module.b in main.tf:6");
  }

  @Test
  void callersThatDifferMakeItUnknown() {
    Project project =
        Sources.project(
            "main.tf",
            """
            module "a" {
              source = "./modules/bucket"
              name   = "one"
            }

            module "b" {
              source = "./modules/bucket"
            }
            """,
            "modules/bucket/main.tf",
            BUCKET + "variable \"name\" {\n  default = \"two\"\n}\n");
    assertThat(Sources.module(project, "modules/bucket").resources().getFirst().value("bucket"))
        .asInstanceOf(type(Value.Unknown.class))
        .extracting(Value.Unknown::reason)
        .asString()
        .contains("differently");
  }

  @Test
  void aModuleOfAModuleIsFollowedToItsRoot() {
    Project project =
        Sources.project(
            "main.tf",
            "module \"outer\" {\n  source = \"./outer\"\n  name   = \"x\"\n}\n",
            "outer/main.tf",
            "variable \"name\" {}\nmodule \"inner\" {\n  source = \"../inner\"\n  name   = var.name\n}\n",
            "inner/main.tf",
            BUCKET + "variable \"name\" {}\n");
    Value.Known name = name(project, "inner");
    assertThat(name.value().asText()).isEqualTo("x");
    assertThat(name.origins().getFirst().file().path()).isEqualTo("main.tf");
    assertThat(project.reached(Sources.module(project, "inner")))
        .containsExactly("module.inner in outer/main.tf:2", "module.outer in main.tf:1");
  }

  private static Value.Known name(Project project, String folder) {
    return (Value.Known) Sources.module(project, folder).resources().getFirst().value("bucket");
  }

  private static Value value(String expression) {
    Project project =
        Sources.project(
            "main.tf",
            """
            variable "given" {}

            locals {
              prefix = "acme"
              tags   = { team = "core" }
              circle = local.circle
            }

            resource "thing" "t" {
              value = %s
            }
            """
                .formatted(expression));
    return Sources.module(project, "").resources().getFirst().value("value");
  }
}
