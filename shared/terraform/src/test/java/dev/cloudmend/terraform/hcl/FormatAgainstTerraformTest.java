package dev.cloudmend.terraform.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares with what the real {@code terraform fmt} writes, byte for byte. */
class FormatAgainstTerraformTest {

  private static final int FILES = 1000;
  private static final int RESPACED = 10;
  private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"\n(.*?)\"\"\"", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void filesOfTheProject() throws IOException, URISyntaxException {
    Map<String, String> texts = named(files());

    assertThat(different(texts)).isEmpty();
  }

  @Test
  void everyHclThatATestOfTheModuleHolds() throws IOException {
    List<String> blocks = new ArrayList<>();
    try (Stream<Path> sources = Files.walk(Path.of("src", "test", "java"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        TEXT_BLOCK
            .matcher(Files.readString(source))
            .results()
            .map(FormatAgainstTerraformTest::block)
            .filter(FormatAgainstTerraformTest::isHcl)
            .forEach(blocks::add);
      }
    }

    assertThat(blocks).hasSizeGreaterThan(100);
    assertThat(different(named(blocks))).isEmpty();
  }

  @Test
  void filesWithOtherBlanks() throws IOException, URISyntaxException {
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, String> file : named(files()).entrySet()) {
      HclFile parsed = HclFile.parse(file.getKey(), file.getValue());
      for (int seed = 0; seed < RESPACED; seed++) {
        texts.put(seed + file.getKey(), Respacing.of(parsed, new Random(seed)));
      }
    }

    assertThat(different(texts)).isEmpty();
  }

  @Test
  void generatedFiles() {
    Map<String, String> texts = new TreeMap<>();
    for (int seed = 0; seed < FILES; seed++) {
      texts.put("g" + seed + "_.tf", GeneratedHcl.file(new Random(seed)));
    }

    assertThat(different(texts)).isEmpty();
  }

  @Test
  void filesWithBlanksLineEndsAndCommentsAnywhere() {
    Map<String, String> texts = new TreeMap<>();
    for (int seed = 0; seed < FILES; seed++) {
      String text = GeneratedLayout.file(new Random(seed));
      if (isHcl(text)) {
        texts.put("l" + seed + "_.tf", text);
      }
    }

    assertThat(texts).hasSizeGreaterThan(FILES / 2);
    assertThat(different(texts)).isEmpty();
  }

  /** The names of those texts that come out otherwise, or that terraform refuses. */
  private List<String> different(Map<String, String> texts) {
    Map<String, String> formatted = Terraform.formatted(folder, texts);
    assertThat(formatted).hasSameSizeAs(texts);
    return texts.entrySet().stream()
        .filter(text -> !Format.of(text.getValue()).equals(formatted.get(text.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> files() throws IOException, URISyntaxException {
    List<Path> paths = new ArrayList<>(HclFileTest.samples());
    try (Stream<Path> own =
        Files.walk(Path.of(System.getProperty("cloudmend.root"), "infra-terraform"))) {
      own.filter(path -> path.toString().endsWith(".tf")).forEach(paths::add);
    }
    List<String> texts = new ArrayList<>();
    for (Path path : paths) {
      texts.add(Files.readString(path));
    }
    return texts;
  }

  private static Map<String, String> named(List<String> texts) {
    Map<String, String> named = new TreeMap<>();
    texts.forEach(text -> named.put("f" + named.size() + "_.tf", text));
    return named;
  }

  private static String block(MatchResult found) {
    return ("\n" + found.group(1)).stripIndent().translateEscapes().substring(1);
  }

  private static boolean isHcl(String text) {
    try {
      HclFile.parse("main.tf", text);
      return true;
    } catch (HclException e) {
      return false;
    }
  }
}
