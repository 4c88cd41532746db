package dev.cloudmend.terraform.project;

import dev.cloudmend.terraform.hcl.HclException;
import dev.cloudmend.terraform.hcl.HclFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A folder with Terraform source and everything below it. What Terraform downloaded or hides is
 * left out, links are not followed, and a file that cannot be read is named and left alone.
 */
public final class Project {

  /** More files than that are no project of one team. */
  public static final int MOST_FILES = 20_000;

  private final Path root;
  private final Map<Path, Module> modules = new TreeMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<Path, List<ModuleCall>> callers = new HashMap<>();

  private Project(Path root) {
    this.root = root;
  }

  /**
   * Reads a project.
   *
   * @param root an existing folder
   * @throws ProjectException when it is none, cannot be listed, or holds too many files
   */
  public static Project read(Path root) {
    if (!Files.isDirectory(root)) {
      throw new ProjectException(root + " is no folder");
    }
    var project = new Project(root);
    try {
      for (Path file : project.list()) {
        project.add(file);
      }
    } catch (IOException e) {
      throw new ProjectException(root + " cannot be listed: " + e.getMessage(), e);
    }
    project.findCallers();
    return project;
  }

  /**
   * A project of files that were read elsewhere.
   *
   * @param root what it is called
   */
  public static Project of(Path root, List<HclFile> files) {
    var project = new Project(root);
    files.forEach(project::add);
    project.findCallers();
    return project;
  }

  /** The same project with other content in these files, which it has to have. */
  public Project with(Collection<HclFile> changed) {
    Map<String, HclFile> byPath =
        changed.stream().collect(Collectors.toMap(HclFile::path, Function.identity()));
    var other = new Project(root);
    other.refusals.addAll(refusals);
    for (Module module : modules.values()) {
      module.allFiles().stream()
          .map(file -> byPath.getOrDefault(file.path(), file))
          .forEach(other::add);
    }
    other.findCallers();
    return other;
  }

  private void findCallers() {
    for (Module module : modules.values()) {
      for (ModuleCall call : module.calls()) {
        call.folder()
            .filter(folder -> !folder.equals(module.folder()))
            .ifPresent(folder -> callers.computeIfAbsent(folder, f -> new ArrayList<>()).add(call));
      }
    }
  }

  /** Where it lies. */
  public Path root() {
    return root;
  }

  /** Its modules, by folder. */
  public List<Module> modules() {
    return List.copyOf(modules.values());
  }

  /** The module of a folder, relative to the project. */
  public Optional<Module> module(Path folder) {
    return Optional.ofNullable(modules.get(folder.normalize()));
  }

  /** What was left alone, and why. */
  public List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /**
   * The calls that an edit of a module's own files reaches, those of its callers too, for a person:
   * {@code module.logs in main.tf:3}.
   */
  public List<String> reached(Module module) {
    var found = new LinkedHashMap<ModuleCall, String>();
    reached(module, found);
    return List.copyOf(found.values());
  }

  private void reached(Module module, Map<ModuleCall, String> found) {
    for (ModuleCall call : callers(module)) {
      if (found.putIfAbsent(call, call.place()) == null) {
        reached(call.module(), found);
      }
    }
  }

  /** The calls of a module in this project. */
  public List<ModuleCall> callers(Module module) {
    return List.copyOf(callers.getOrDefault(module.folder(), List.of()));
  }

  private List<Path> list() throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && folder.getFileName().toString().startsWith(".")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (name.endsWith(".tf.json")) {
              refuse(file, "Terraform in JSON is not read");
            } else if (name.endsWith(".tf") || name.endsWith(".tfvars")) {
              if (attributes.isRegularFile()) {
                files.add(file);
              } else {
                refuse(file, "is a link or no regular file");
              }
            }
            if (files.size() > MOST_FILES) {
              throw new ProjectException(
                  root + " holds more than " + MOST_FILES + " Terraform files");
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            refuse(file, "cannot be read: " + e.getClass().getSimpleName());
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }

  private void add(Path file) {
    String name = relative(file);
    try {
      add(HclFile.parse(name, Files.readAllBytes(file)));
    } catch (HclException e) {
      refusals.add(new Refusal(name, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      refuse(file, "cannot be read: " + e.getMessage());
    }
  }

  private void add(HclFile file) {
    Path folder = Path.of(file.path()).getParent();
    modules
        .computeIfAbsent(folder == null ? Path.of("") : folder, f -> new Module(this, f))
        .add(file, file.path().endsWith(".tfvars"));
  }

  private void refuse(Path file, String reason) {
    refusals.add(new Refusal(relative(file), reason));
  }

  /** With {@code /}, whatever the machine writes. */
  private String relative(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
