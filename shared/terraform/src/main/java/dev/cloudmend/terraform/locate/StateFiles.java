package dev.cloudmend.terraform.locate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what Terraform knows: a state file of version 4, a state or plan as {@code terraform show
 * -json} prints it, or a folder of them.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/internals/json-format">JSON output
 *     format</a>
 */
public final class StateFiles {

  /** The largest file that is read, in bytes. */
  public static final long LARGEST = 200L * 1024 * 1024;

  /** More files than that are no team's states. */
  public static final int MOST_FILES = 10_000;

  private StateFiles() {}

  /**
   * Reads the resources of the AWS provider that Terraform manages; what is only waiting to be
   * destroyed (deposed) is left out.
   *
   * @param path a file, or a folder whose {@code *.tfstate} and {@code *.json} files are read,
   *     those of its subfolders too; links in it are not followed
   * @throws StateException when one of them cannot be read, is neither a state nor a plan, or is a
   *     state of a version other than 4
   */
  public static List<StateResource> read(Path path) {
    if (Files.isRegularFile(path)) {
      return file(path).orElseThrow(() -> neither(path));
    }
    if (!Files.isDirectory(path)) {
      throw new StateException(path + " is neither a file nor a folder");
    }
    var all = new ArrayList<StateResource>();
    int states = 0;
    for (Path file : list(path)) {
      Optional<List<StateResource>> found = file(file);
      if (found.isEmpty() && file.toString().endsWith(".tfstate")) {
        throw neither(file);
      }
      states += found.isPresent() ? 1 : 0;
      found.ifPresent(all::addAll);
    }
    if (states == 0) {
      throw new StateException(path + " holds no state and no plan (*.tfstate, *.json)");
    }
    return List.copyOf(all);
  }

  private static StateException neither(Path file) {
    return new StateException(
        file
            + " is neither a Terraform state of version 4 nor a state or plan as"
            + " 'terraform show -json' prints it");
  }

  private static List<Path> list(Path folder) {
    var files = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
              // In .terraform lies what looks like a state, and is the backend's configuration.
              return !inner.equals(folder) && inner.getFileName().toString().startsWith(".")
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = file.getFileName().toString();
              // Source in JSON lies beside states, and is none.
              boolean wanted =
                  (name.endsWith(".tfstate") || name.endsWith(".json"))
                      && !name.endsWith(".tf.json")
                      && !name.endsWith(".tfvars.json");
              if (attributes.isRegularFile() && wanted) {
                files.add(file);
              }
              if (files.size() > MOST_FILES) {
                throw new StateException(folder + " holds more than " + MOST_FILES + " states");
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new StateException(folder + " cannot be listed: " + e.getClass().getSimpleName());
    }
    files.sort(null);
    return files;
  }

  /** Empty where it is JSON of another sort. */
  private static Optional<List<StateResource>> file(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw new StateException(
            file + " has " + size + " bytes; at most " + LARGEST + " are read");
      }
      return StateReader.read(file.toString(), in);
    } catch (StreamConstraintsException e) {
      throw new StateException(file + " nests too deep or holds too long a number or text");
    } catch (JsonProcessingException e) {
      // The parser's own message shows what it found, which may be a secret.
      throw new StateException(
          file
              + " is not JSON"
              + place(e)
              + "; a state file, or what 'terraform show -json' prints of a plan file, is");
    } catch (IOException e) {
      throw new StateException(file + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static String place(JsonProcessingException e) {
    return Optional.ofNullable(e.getLocation())
        .map(at -> " at line " + at.getLineNr() + ", column " + at.getColumnNr())
        .orElse("");
  }
}
