package dev.cloudmend.terraform.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFilesTest {

  private static final String STATE =
      """
      {
        "version": 4,
        "terraform_version": "1.11.4",
        "outputs": {"password": {"value": "hunter2", "type": "string"}},
        "resources": [
          {
            "mode": "managed",
            "type": "aws_s3_bucket",
            "name": "plain",
            "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]",
            "instances": [
              {
                "schema_version": 0,
                "attributes": {
                  "arn": "arn:aws:s3:::plain",
                  "bucket": "plain",
                  "policy": "hunter2",
                  "tags": {"bucket": "hunter2"}
                },
                "private": "aHVudGVyMg=="
              }
            ]
          },
          {
            "module": "module.logs[\\"a.b\\"].module.store[0]",
            "mode": "managed",
            "type": "aws_s3_bucket",
            "name": "each",
            "instances": [
              {"index_key": "x\\"]y", "attributes": {"bucket": "x"}},
              {"index_key": 7, "status": "tainted", "attributes": {"bucket": "seven"}},
              {"index_key": 7, "deposed": "00a1b2c3", "attributes": {"bucket": "old"}},
              {"attributes_flat": {"bucket": "flat"}},
              {"attributes": null}
            ]
          },
          {"mode": "data", "type": "aws_s3_bucket", "name": "d", "instances": [{"attributes": {}}]},
          {"mode": "managed", "type": "random_password", "name": "p",
           "instances": [{"attributes": {"id": "none", "result": "hunter2"}}]}
        ],
        "check_results": null
      }
      """;

  private static final String PLAN =
      """
      {
        "format_version": "1.2",
        "planned_values": {
          "root_module": {
            "resources": [
              {"address": "aws_s3_bucket.a", "mode": "managed", "type": "aws_s3_bucket",
               "name": "a", "values": {"bucket": "new-name"}},
              {"address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket",
               "name": "b", "values": {"bucket": "b"}}
            ]
          }
        },
        "resource_changes": [{"address": "aws_s3_bucket.a", "change": {"after": {"x": "hunter2"}}}],
        "prior_state": {
          "format_version": "1.0",
          "values": {
            "root_module": {
              "resources": [
                {"address": "aws_s3_bucket.a", "mode": "managed", "type": "aws_s3_bucket",
                 "name": "a", "values": {"bucket": "a", "arn": "arn:aws:s3:::a"}},
                {"address": "data.aws_vpc.v", "mode": "data", "type": "aws_vpc", "name": "v",
                 "values": {"id": "vpc-1"}}
              ],
              "child_modules": [
                {
                  "address": "module.m",
                  "child_modules": [
                    {
                      "address": "module.m.module.n[\\"k\\"]",
                      "resources": [
                        {"address": "module.m.module.n[\\"k\\"].aws_eip.e[1]", "mode": "managed",
                         "type": "aws_eip", "name": "e", "index": 1, "values": {"id": "eipalloc-1"}},
                        {"address": "module.m.module.n[\\"k\\"].aws_eip.e[1]", "mode": "managed",
                         "type": "aws_eip", "name": "e", "index": 1, "deposed_key": "00a1b2c3",
                         "values": {"id": "eipalloc-0"}}
                      ]
                    }
                  ]
                }
              ]
            }
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void readsTheManagedInstancesOfAState() {
    assertThat(States.read(folder, STATE))
        .extracting(
            StateResource::way, StateResource::address, r -> r.attributes().path("bucket").asText())
        .containsExactly(
            row("aws_s3_bucket.plain", "plain"),
            row("module.logs[\"a.b\"].module.store[0].aws_s3_bucket.each[\"x\\\"]y\"]", "x"),
            row("module.logs[\"a.b\"].module.store[0].aws_s3_bucket.each[7]", "seven"),
            row("module.logs[\"a.b\"].module.store[0].aws_s3_bucket.each", "flat"),
            row("module.logs[\"a.b\"].module.store[0].aws_s3_bucket.each", ""));
  }

  @Test
  void keepsNoSecretOfAState() {
    assertThat(States.read(folder, STATE))
        .isNotEmpty()
        .allSatisfy(
            resource -> assertThat(resource.attributes().toString()).doesNotContain("hunter2"))
        .allSatisfy(resource -> assertThat(resource.toString()).doesNotContain("hunter2"));
  }

  @Test
  void readsWhatAPlanFoundBeforeWhatItWants() {
    assertThat(States.read(folder, PLAN))
        .extracting(
            StateResource::way,
            StateResource::address,
            r -> r.attributes().path("bucket").asText() + r.attributes().path("id").asText())
        .containsExactly(
            tuple(Way.PLAN, "aws_s3_bucket.a", "a"),
            tuple(Way.PLAN, "module.m.module.n[\"k\"].aws_eip.e[1]", "eipalloc-1"),
            tuple(Way.PLAN, "aws_s3_bucket.b", "b"));
  }

  @Test
  void readsAStateThatTerraformShows() {
    assertThat(
            States.read(
                folder,
                """
                {"format_version": "1.0", "values": {"root_module": {"resources": [
                  {"address": "aws_vpc.v", "mode": "managed", "type": "aws_vpc",
                   "values": {"id": "vpc-1"}}]}}}
                """))
        .extracting(StateResource::toString)
        .containsExactly("STATE aws_vpc.v");
  }

  @Test
  void readsTheEmptyState() {
    assertThat(States.read(folder, "{\"format_version\": \"1.0\"}")).isEmpty();
    assertThat(States.read(folder, "{\"version\": 4, \"resources\": []}")).isEmpty();
  }

  @Test
  void readsAFolderWithoutLinksAndWhatIsNoState(@TempDir Path elsewhere) throws IOException {
    Files.createDirectories(folder.resolve("prod"));
    Files.createDirectories(folder.resolve(".terraform"));
    Files.writeString(folder.resolve("prod/terraform.tfstate"), STATE);
    Files.writeString(folder.resolve("plan.json"), PLAN);
    Files.writeString(folder.resolve("package.json"), "{\"version\": \"1.0.0\"}");
    Files.writeString(folder.resolve("list.json"), "[1, 2]");
    Files.writeString(folder.resolve("main.tf.json"), "no state");
    Files.writeString(folder.resolve(".terraform/terraform.tfstate"), "{\"version\": 3}");
    Files.writeString(elsewhere.resolve("other.tfstate"), STATE);
    Files.createSymbolicLink(folder.resolve("link.tfstate"), elsewhere.resolve("other.tfstate"));
    Files.createSymbolicLink(folder.resolve("linked"), elsewhere);
    assertThat(StateFiles.read(folder)).hasSize(8);
  }

  @Test
  void refusesAFolderWithoutStatesAndWhatIsNotThere() {
    assertThatThrownBy(() -> StateFiles.read(folder))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("holds no state and no plan");
    assertThatThrownBy(() -> StateFiles.read(folder.resolve("none")))
        .isInstanceOf(StateException.class)
        .hasMessageEndingWith("none is neither a file nor a folder");
  }

  @Test
  void refusesAnUnreadableStateOfAFolder() throws IOException {
    Files.writeString(folder.resolve("good.tfstate"), STATE);
    Files.writeString(folder.resolve("odd.tfstate"), "{\"encrypted_data\": \"x\"}");
    assertThatThrownBy(() -> StateFiles.read(folder))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("odd.tfstate is neither a Terraform state");
  }

  @Test
  void refusesAnOldState() {
    assertThatThrownBy(() -> States.read(folder, "{\"version\": 3, \"modules\": []}"))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("any.tfstate is a state of another version than 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "\"hunter2\"",
        "{\"hunter2\": 1}",
        "{\"version\": 5, \"x\": \"hunter2\"}",
        "{\"version\": \"hunter2\"}",
        "{\"format_version\": \"hunter2\"}",
        "{\"version\": 4, \"resources\": [{\"mode\": \"managed\", \"name\": hunter2}]}",
        "{\"version\": 4, \"x\": \"hunter2",
        "{\"version\": 4} hunter2",
        "{\"version\": 4} \"hunter2\"",
        "PK\u0003\u0004hunter2"
      })
  void showsNoValueOfWhatItRefuses(String text) {
    assertThatThrownBy(() -> States.read(folder, text))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("any.tfstate")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  @Test
  void refusesWhatNestsTooDeep() {
    String deep = "[".repeat(100_000);
    assertThatThrownBy(() -> States.read(folder, "{\"version\": 4, \"outputs\": " + deep))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("nests too deep");
    String modules = "{\"child_modules\": [".repeat(20_000);
    assertThatThrownBy(
            () ->
                States.read(
                    folder,
                    "{\"format_version\": \"1.0\", \"values\": {\"root_module\": " + modules))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("nests too deep");
  }

  @Test
  void passesOverHugeNumbersAndTexts() {
    String text =
        """
        {"version": 4, "serial": %s, "resources": [
          {"mode": "managed", "type": "aws_vpc", "name": "v", "instances": [
            {"attributes": {"id": "%s", "arn": 1e999999999, "name": %s}}]}]}
        """
            .formatted("9".repeat(900), "x".repeat(100_000), "9".repeat(900));
    assertThat(States.read(folder, text))
        .singleElement()
        .extracting(resource -> resource.attributes().size())
        .isEqualTo(0);
  }

  @Test
  void refusesAFileThatIsTooLarge() throws IOException {
    Path file = folder.resolve("large.tfstate");
    try (var large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(StateFiles.LARGEST + 1);
    }
    assertThatThrownBy(() -> StateFiles.read(file))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("at most " + StateFiles.LARGEST);
  }

  @Test
  void readsWhatAWindowsShellWrites() throws IOException {
    Path file = folder.resolve("plan.json");
    Files.write(file, ("\ufeff" + PLAN).getBytes(StandardCharsets.UTF_16LE));
    assertThat(StateFiles.read(file)).hasSize(3);
  }

  private static Tuple row(String address, String bucket) {
    return tuple(Way.STATE, address, bucket);
  }
}
