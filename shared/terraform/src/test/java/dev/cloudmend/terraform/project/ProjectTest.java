package dev.cloudmend.terraform.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {

  private static final String RESOURCE = "resource \"aws_vpc\" \"v\" {}\n";

  @TempDir Path root;

  @Test
  void readsWhatLiesBelowWithoutWhatTerraformDownloads() throws IOException {
    write("main.tf", RESOURCE);
    write("modules/net/main.tf", RESOURCE);
    write(".terraform/modules/x/main.tf", RESOURCE);
    write("readme.md", "# no source");
    Project project = Project.read(root);
    assertThat(project.modules()).extracting(Module::toString).containsExactly(".", "modules/net");
    assertThat(project.refusals()).isEmpty();
  }

  @Test
  void namesWhatItLeavesAlone() throws IOException {
    write("broken.tf", "resource \"a\" {\n");
    write("json.tf.json", "{}");
    write("good.tf", RESOURCE);
    Files.write(root.resolve("latin.tf"), "# caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    Files.createSymbolicLink(root.resolve("link.tf"), root.resolve("good.tf"));
    write("merge.tf", "<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> x\n");
    Project project = Project.read(root);
    assertThat(project.modules())
        .singleElement()
        .extracting(module -> module.resources().size())
        .isEqualTo(1);
    assertThat(project.refusals())
        .extracting(Refusal::path)
        .containsExactlyInAnyOrder("broken.tf", "json.tf.json", "latin.tf", "link.tf", "merge.tf");
    assertThat(project.refusals())
        .filteredOn(refusal -> refusal.path().equals("broken.tf"))
        .singleElement()
        .extracting(Refusal::reason)
        .asString()
        .contains("broken.tf:");
  }

  @Test
  void doesNotFollowALinkOutOfTheProject(@TempDir Path elsewhere) throws IOException {
    Files.writeString(elsewhere.resolve("main.tf"), RESOURCE);
    Files.createSymbolicLink(root.resolve("modules"), elsewhere);
    assertThat(Project.read(root).modules()).isEmpty();
  }

  @Test
  void refusesWhatIsNoFolder() {
    assertThatThrownBy(() -> Project.read(root.resolve("none")))
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("none is no folder");
  }

  @Test
  void aCallThatLeavesTheProjectReachesNothingInIt() {
    Project project =
        Sources.project(
            "main.tf",
            "module \"m\" {\n  source = \"../../elsewhere\"\n}\n",
            "a/main.tf",
            RESOURCE);
    assertThat(project.callers(Sources.module(project, "a"))).isEmpty();
  }

  @Test
  void knowsWhatIsIgnoredAndWhatRepeats() {
    Project project =
        Sources.project(
            "main.tf",
            """
            resource "aws_s3_bucket" "a" {
              count = 2
              lifecycle {
                ignore_changes = [tags, "bucket"]
              }
            }

            resource "aws_s3_bucket" "b" {
              for_each = toset(["x"])
              lifecycle {
                ignore_changes = all
              }
            }

            resource "aws_s3_bucket_versioning" "a" {
              bucket = aws_s3_bucket.a[0].id
            }

            resource "aws_s3_bucket_versioning" "by_name" {
              bucket = "named"
            }

            resource "aws_s3_bucket" "c" {
              bucket = "named"
            }
            """);
    Module module = Sources.module(project, "");
    List<ResourceBlock> buckets = module.resources("aws_s3_bucket");
    assertThat(buckets.get(0).ignoresChangesOf("tags")).isTrue();
    assertThat(buckets.get(0).ignoresChangesOf("bucket")).isTrue();
    assertThat(buckets.get(0).ignoresChangesOf("acl")).isFalse();
    assertThat(buckets.get(1).ignoresChangesOf("acl")).isTrue();
    assertThat(buckets.get(0).repetition()).isPresent();
    assertThat(buckets.get(2).repetition()).isEmpty();
    assertThat(module.referring("aws_s3_bucket_versioning", "bucket", buckets.get(0), "bucket"))
        .extracting(ResourceBlock::name)
        .containsExactly("a");
    assertThat(module.referring("aws_s3_bucket_versioning", "bucket", buckets.get(2), "bucket"))
        .extracting(ResourceBlock::name)
        .containsExactly("by_name");
    assertThat(module.referring("aws_s3_bucket_versioning", "bucket", buckets.get(1), "bucket"))
        .isEmpty();
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
