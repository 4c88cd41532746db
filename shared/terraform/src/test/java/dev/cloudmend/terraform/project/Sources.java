package dev.cloudmend.terraform.project;

import dev.cloudmend.terraform.hcl.HclFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Projects of texts, for tests. */
public final class Sources {

  private Sources() {}

  /**
   * A project.
   *
   * @param pathsAndTexts a path, its text, the next path, and so on
   */
  public static Project project(String... pathsAndTexts) {
    List<HclFile> files = new ArrayList<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      files.add(
          HclFile.parse(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8)));
    }
    return Project.of(Path.of("project"), files);
  }

  /** The module of a folder. */
  public static Module module(Project project, String folder) {
    return project.module(Path.of(folder)).orElseThrow();
  }
}
