package dev.cloudmend.benchmarks;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.locate.Location;
import dev.cloudmend.terraform.locate.Locator;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Rules;
import dev.cloudmend.terraform.rules.Scan;
import dev.cloudmend.terraform.rules.SourceFix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Times a fix in Terraform source beside {@code terraform fmt} of the same file. */
public final class SourceToEdit {

  private static final int RESOURCES = 500;
  private static final int FILES = 1_800;
  private static final int WARM_UP = 20;
  private static final int COUNTED = 20;
  private static final String RULE = "s3-bucket-versioning";

  private SourceToEdit() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("cloudmend-benchmark");
    try {
      Path one = Files.createDirectory(folder.resolve("one"));
      Files.writeString(one.resolve("main.tf"), source(0, RESOURCES));
      print("500 resources, read, located, edited, printed; cold", List.of(time(() -> edit(one))));
      Path many = Files.createDirectory(folder.resolve("many"));
      for (int i = 0; i < FILES; i++) {
        Path module = Files.createDirectories(many.resolve("m" + i / 10));
        Files.writeString(module.resolve("f" + i % 10 + ".tf"), source(i * 3, 3));
      }
      print("1,800 files, a bucket located; first", List.of(time(() -> locate(many, FILES))));
      for (int i = 0; i < WARM_UP; i++) {
        edit(one);
      }
      var own = new ArrayList<Double>();
      var format = new ArrayList<Double>();
      for (int i = 0; i < COUNTED; i++) {
        own.add(time(() -> edit(one)));
        format.add(time(() -> format(one)));
      }
      print("500 resources, read, located, edited, printed; warm", own);
      print("terraform fmt of the same file, a process each", format);
      System.out.printf("ratio of the medians: %.3f%n", median(own) / median(format));
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void edit(Path folder) {
    Project project = Project.read(folder);
    Location.Found found = locate(project, RESOURCES / 2);
    SourceFix.Result result =
        new SourceFix(new Scan(List.of(Rules.byId(RULE).orElseThrow()), RuleSettings.DEFAULT))
            .fix(project, v -> v.resource().address().equals(found.resource().address()), false);
    long bytes =
        result.changed().values().stream().map(HclFile::bytes).mapToLong(b -> b.length).sum();
    if (bytes == 0) {
      throw new IllegalStateException("nothing was edited: " + result);
    }
  }

  private static void locate(Path folder, int number) {
    locate(Project.read(folder), number);
  }

  private static Location.Found locate(Project project, int number) {
    var bucket =
        new ResourceRef(Arn.parse("arn:aws:s3:::bucket-" + number), "111122223333", "us-east-1");
    return (Location.Found) new Locator(project, List.of()).locate(bucket, Map.of());
  }

  private static void format(Path folder) {
    try {
      int code =
          new ProcessBuilder("terraform", "fmt", "-check", folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException("terraform fmt -check ended with " + code);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("terraform cannot be run", e);
    }
  }

  /** Buckets, as many with settings of their own as without. */
  private static String source(int first, int count) {
    var text = new StringBuilder();
    for (int i = first; i < first + count; i++) {
      text.append(
          """
          resource "aws_s3_bucket" "bucket_%1$d" {
            bucket = "bucket-%1$d"

            tags = {
              Name  = "bucket-%1$d"
              Owner = "team-%1$d"
            }
          }

          """
              .formatted(i));
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static double time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static void print(String name, List<Double> millis) {
    System.out.printf("%-56s %9.1f ms%n", name, median(millis));
  }

  private static double median(List<Double> millis) {
    return millis.stream().sorted().toList().get(millis.size() / 2);
  }
}
