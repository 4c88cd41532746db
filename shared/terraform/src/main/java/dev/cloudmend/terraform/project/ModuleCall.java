package dev.cloudmend.terraform.project;

import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.HclFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A {@code module} block.
 *
 * @param module the module that calls
 */
public record ModuleCall(Module module, HclFile file, Block block) {

  public String name() {
    return block.labelValues().getFirst();
  }

  /** Where the called module is, as written; empty where that is no plain text. */
  public Optional<String> source() {
    return block.attribute("source").flatMap(source -> source.value().string());
  }

  /** The folder of the called module, where it lies in the same project. */
  public Optional<Path> folder() {
    return source()
        .filter(s -> s.startsWith("./") || s.startsWith("../") || s.equals(".") || s.equals(".."))
        .map(s -> module.folder().resolve(s).normalize());
  }

  /** Where it is, for a person: {@code module.logs in main.tf:3}. */
  public String place() {
    return "module."
        + name()
        + " in "
        + file.path()
        + ":"
        + file.position(block.span().start()).line();
  }

  /** What is given for a variable. */
  public Optional<Attribute> argument(String variable) {
    return block.attribute(variable);
  }
}
