package dev.cloudmend.terraform.project;

import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.HclFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Terraform files of one folder, without its subfolders. */
public final class Module {

  private final Project project;
  private final Path folder;
  private final List<HclFile> files = new ArrayList<>();
  private final List<HclFile> variableFiles = new ArrayList<>();

  /** Made when it is first asked for: rules ask for every type of every resource. */
  private @Nullable Index index;

  private final Map<Predicate<Module>, Boolean> facts = new HashMap<>();

  /** Made by {@link Project}, which adds the files. */
  Module(Project project, Path folder) {
    this.project = project;
    this.folder = folder;
  }

  /** The folder, relative to the project; the empty path is the project's own. */
  public Path folder() {
    return folder;
  }

  public Project project() {
    return project;
  }

  /** The {@code .tf} files that could be read, by name. */
  public List<HclFile> files() {
    return List.copyOf(files);
  }

  /** The {@code .tf} and {@code .tfvars} files that could be read. */
  public List<HclFile> allFiles() {
    return Stream.concat(files.stream(), variableFiles.stream()).toList();
  }

  /** The {@code .tfvars} files that could be read, by name. */
  List<HclFile> variableFiles() {
    return List.copyOf(variableFiles);
  }

  void add(HclFile file, boolean ofVariables) {
    (ofVariables ? variableFiles : files).add(file);
    index = null;
    facts.clear();
  }

  /** The {@code resource} blocks, in the order of the files. */
  public List<ResourceBlock> resources() {
    return index().resources();
  }

  /** The {@code resource} blocks of a type. */
  public List<ResourceBlock> resources(String type) {
    return index().resourcesByType().getOrDefault(type, List.of());
  }

  /** The {@code data} blocks of a type. */
  public List<ResourceBlock> data(String type) {
    return index().dataByType().getOrDefault(type, List.of());
  }

  /**
   * The resources of a type whose attribute speaks of another resource, by reference or by name.
   */
  public List<ResourceBlock> referring(
      String type, String attribute, ResourceBlock other, String key) {
    Optional<String> name = other.value(key).text();
    return resources(type).stream()
        .filter(
            resource ->
                resource.block().attribute(attribute).stream()
                    .anyMatch(
                        there ->
                            isMeant(other, resource, there.value())
                                || (name.isPresent()
                                    && resource.value(attribute).text().equals(name))))
        .toList();
  }

  /** Also as {@code each.value} of a {@code for_each} over it. */
  private static boolean isMeant(ResourceBlock other, ResourceBlock by, Expression expression) {
    return other.isMeantBy(expression)
        || (expression.references().stream().anyMatch(r -> r.root().equals("each"))
            && by.block().attribute("for_each").stream()
                .anyMatch(each -> other.isMeantBy(each.value())));
  }

  /** The {@code module} blocks. */
  public List<ModuleCall> calls() {
    return index().calls();
  }

  /** The declaration of a variable. */
  Optional<InFile<Block>> variable(String name) {
    return files.stream()
        .flatMap(f -> f.body().blocks("variable", name).stream().map(b -> new InFile<>(f, b)))
        .findFirst();
  }

  /** What a local value is given. */
  public Optional<InFile<Expression>> local(String name) {
    return files.stream()
        .flatMap(
            f ->
                f.body().blocks("locals").stream()
                    .map(Block::body)
                    .flatMap((Body body) -> body.attribute(name).stream())
                    .map(attribute -> new InFile<>(f, attribute.value())))
        .findFirst();
  }

  /**
   * Whether something holds of the module as a whole, which is found out once.
   *
   * @param fact a constant: it is known by its identity
   */
  public boolean is(Predicate<Module> fact) {
    Boolean known = facts.get(fact);
    if (known == null) {
      known = fact.test(this);
      facts.put(fact, known);
    }
    return known;
  }

  /** What an expression of one of its files comes to. */
  public Value value(HclFile file, Expression expression) {
    return new Evaluation(this).of(file, expression);
  }

  private Index index() {
    Index made = index;
    if (made == null) {
      List<ResourceBlock> resources = blocks("resource");
      made =
          new Index(
              resources,
              byType(resources),
              byType(blocks("data")),
              files.stream()
                  .flatMap(
                      file ->
                          file.body().blocks("module").stream()
                              .filter(block -> block.labels().size() == 1)
                              .map(block -> new ModuleCall(this, file, block)))
                  .toList());
      index = made;
    }
    return made;
  }

  private List<ResourceBlock> blocks(String type) {
    return files.stream()
        .flatMap(
            file ->
                file.body().blocks(type).stream()
                    .filter(block -> block.labels().size() == 2)
                    .map(block -> new ResourceBlock(this, file, block)))
        .toList();
  }

  private static Map<String, List<ResourceBlock>> byType(List<ResourceBlock> blocks) {
    return blocks.stream().collect(Collectors.groupingBy(ResourceBlock::type));
  }

  /** What the files declare. */
  private record Index(
      List<ResourceBlock> resources,
      Map<String, List<ResourceBlock>> resourcesByType,
      Map<String, List<ResourceBlock>> dataByType,
      List<ModuleCall> calls) {}

  /** Something and the file that it stands in. */
  public record InFile<T>(HclFile file, T it) {}

  @Override
  public String toString() {
    return folder.toString().isEmpty() ? "." : folder.toString();
  }
}
