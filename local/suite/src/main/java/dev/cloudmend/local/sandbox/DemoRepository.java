package dev.cloudmend.local.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.diff.DiffFormatter;

/** A git repository with Terraform source, as a team has it, that declares the seeded bucket. */
public final class DemoRepository {

  /** As it would be called on GitHub. */
  public static final String NAME = "acme/infrastructure";

  private static final String BASE = "main";

  private static final String SOURCE =
      """
      provider "aws" {
        region = "us-east-1"
      }

      resource "aws_s3_bucket" "reports" {
        bucket = "%s"

        tags = {
          team = "finance"
        }
      }
      """
          .formatted(Seed.BUCKET);

  private static final String CONFIGURATION =
      """
      pullRequests:
        repositories:
          - repository: %s
            when: {arn: "arn:aws:s3:::%s"}
      """
          .formatted(NAME, Seed.BUCKET);

  private final Path folder;
  private final Path configuration;

  private DemoRepository(Path folder, Path configuration) {
    this.folder = folder;
    this.configuration = configuration;
  }

  /**
   * Makes the repository, and a configuration that says what it declares.
   *
   * @param parent where both are put
   */
  public static DemoRepository plant(Path parent) {
    try {
      Path folder = Files.createDirectories(parent.resolve("infrastructure"));
      Files.writeString(folder.resolve("main.tf"), SOURCE);
      try (Git git = Git.init().setDirectory(folder.toFile()).setInitialBranch(BASE).call()) {
        git.add().addFilepattern("main.tf").call();
        git.commit()
            .setAuthor("Ana", "ana@example.com")
            .setCommitter("Ana", "ana@example.com")
            .setSign(false)
            .setMessage("The bucket for reports")
            .call();
      }
      return new DemoRepository(
          folder, Files.writeString(parent.resolve("cloudmend.yaml"), CONFIGURATION));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + parent, e);
    } catch (GitAPIException e) {
      throw new IllegalStateException("cannot make a git repository in " + parent, e);
    }
  }

  /** The working copy. */
  public Path folder() {
    return folder;
  }

  /** The file. */
  public Path configuration() {
    return configuration;
  }

  /** What a branch has changed, as a unified diff; empty where it changed nothing. */
  public List<String> diff(String branch) {
    var out = new ByteArrayOutputStream();
    try (Git git = Git.open(folder.toFile());
        var formatter = new DiffFormatter(out)) {
      formatter.setRepository(git.getRepository());
      formatter.format(
          git.getRepository().resolve("refs/heads/" + BASE),
          git.getRepository().resolve("refs/heads/" + branch));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
