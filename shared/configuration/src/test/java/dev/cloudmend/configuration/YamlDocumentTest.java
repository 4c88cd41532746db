package dev.cloudmend.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cloudmend.model.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlDocumentTest {

  private static final String SCHEMA = "/dev/cloudmend/configuration/policy.schema.json";

  @TempDir Path folder;

  @Test
  void readsWhatJsonCanSay() {
    YamlDocument document =
        YamlDocument.read(
            "f",
            """
            text: plain
            quoted: "012"
            yes: no
            number: 0x1F
            octal: 0o17
            decimal: -1.50
            big: 123456789012345678901234567890
            flags: [true, FALSE]
            nothing:
            lines: |
              a
              b
            """);

    assertThat(document.tree())
        .isEqualTo(
            Json.parse(
                """
                {"text": "plain", "quoted": "012", "yes": "no", "number": 31, "octal": 15,
                 "decimal": -1.50, "big": 123456789012345678901234567890, "flags": [true, false],
                 "nothing": null, "lines": "a\\nb\\n"}"""));
    assertThat(document.written("/number")).contains("0x1F");
  }

  @Test
  void givesAMissingValueThePlaceOfWhatItIsMissingIn() {
    YamlDocument document = YamlDocument.read("f", "a:\n  b:\n    c: 1\n");

    assertThat(document.problem("/a/b/x/y", "m", "e").line())
        .isEqualTo("f:3:5: /a/b/x/y: m; expected e");
    assertThat(document.problemOfKey("/a/b/c", "m", "e").line())
        .isEqualTo("f:3:5: /a/b/c: m; expected e");
    assertThat(document.problem("/a/b/c", "m", "e").line())
        .isEqualTo("f:3:8: /a/b/c: m; expected e");
  }

  @Test
  void takesKeysThatJsonPointersEscape() {
    YamlDocument document = YamlDocument.read("f", "a/b:\n  c~d: 1\n");

    assertThat(document.tree().at("/a~1b/c~0d").intValue()).isEqualTo(1);
    assertThat(document.line("/a~1b/c~0d")).isEqualTo(2);
  }

  @Test
  void countsColumnsInCharactersAlsoBeyondTheBasicPlane() {
    assertThat(lines(YamlDocument.read("f", "rules: []\n'😀': x\n")))
        .containsExactly("f:2:1: /😀: is not known; expected rules");
    assertThat(lines(YamlDocument.read("f", "{'😀': x, b: 1, rules: []}")))
        .contains("f:1:10: /b: is not known; expected rules");
  }

  @Test
  void namesTheFirstCharacterThatMayNotStandInYaml() {
    assertThat(lines(YamlDocument.read("f", "rules: []\nb: \u0007")))
        .containsExactly(
            "f:2:4: the character U+0007 may not stand in YAML; expected printable characters; an"
                + " escape such as \"\\u0007\" in double quotes");
  }

  @Test
  void takesAByteOrderMark() {
    assertThat(lines(YamlDocument.read("f", "\ufeffrules: []"))).isEmpty();
  }

  @Test
  void keepsWhatWasWrongBeforeTheTextBroke() {
    assertThat(lines(YamlDocument.read("f", "a: 1\na: 2\nb: [")))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("f:2:1: /a: stands twice; first in line 1"),
            second -> assertThat(second).startsWith("f:3:"));
  }

  @Test
  void doesNotRecurseIntoAnEndlessNest() {
    String endless = "[".repeat(500_000);

    assertThat(lines(YamlDocument.read("f", "rules: " + endless)))
        .containsExactly("f:1:39: is nested too deep; expected at most 32 levels");
    assertThat(lines(YamlDocument.read("f", "a: 1\na: " + endless))).hasSize(2);
    assertThat(lines(YamlDocument.read("f", "? " + endless))).hasSize(2);
  }

  @Test
  void aLineOfAProblemIsBoundedAndPrintable() {
    String line =
        lines(YamlDocument.read("f\u001b", "\"" + "x\\u202e".repeat(5_000) + "\": 1\nrules: []"))
            .getFirst();

    assertThat(line).hasSizeLessThan(2_000).doesNotContain("\u202e", "\u001b");
  }

  @Test
  void aFileThatIsNotThereIsAProblem() {
    assertThat(lines(YamlDocument.read(folder.resolve("none.yaml"))))
        .containsExactly(folder + "/none.yaml:1:1: does not exist; expected a YAML file");
  }

  @Test
  void aDirectoryIsAProblem() {
    assertThat(lines(YamlDocument.read(folder)))
        .containsExactly(folder + ":1:1: is a directory; expected a YAML file");
  }

  @Test
  void whatIsNotUtf8IsAProblemWithItsPlace() throws Exception {
    Path file = folder.resolve("latin.yaml");
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xc3, (byte) 0xa4, '\n', 'b', (byte) 0xe4});

    assertThat(lines(YamlDocument.read(file)))
        .containsExactly(file + ":2:2: the byte 0xe4 is not UTF-8; expected a text file in UTF-8");
  }

  @Test
  void aFileThatEndsWithinACharacterIsAProblem() throws Exception {
    Path file = folder.resolve("cut.yaml");
    Files.write(file, new byte[] {'a', (byte) 0xc3});

    assertThat(lines(YamlDocument.read(file)))
        .containsExactly(file + ":1:2: the byte 0xc3 is not UTF-8; expected a text file in UTF-8");
  }

  @Test
  void aFileOfOneMebibyteIsReadAndOneByteMoreIsNot() throws Exception {
    Path file = folder.resolve("large.yaml");
    String head = "rules: []\n#";
    Files.writeString(file, head + "x".repeat(1_048_576 - head.length()));
    assertThat(lines(YamlDocument.read(file))).isEmpty();

    Files.writeString(file, head + "x".repeat(1_048_577 - head.length()));
    assertThat(lines(YamlDocument.read(file)))
        .containsExactly(
            file + ":1:1: is larger than 1 MiB; expected at most 1048576 bytes of YAML");
    assertThat(lines(YamlDocument.read("f", Files.readString(file)))).hasSize(1);
  }

  @Test
  void anUnreadableFileLeavesNothingConfigured() {
    Optional<Path> none = Optional.of(folder.resolve("none.yaml"));

    assertThat(catchThrowable(() -> Configuration.read(none, none)))
        .isInstanceOfSatisfying(
            ConfigurationException.class, e -> assertThat(e.problems()).hasSize(2));
  }

  private static List<String> lines(YamlDocument document) {
    return document.check(SCHEMA).stream().map(ConfigurationProblem::line).toList();
  }
}
