package dev.cloudmend.propener;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.claude.redaction.Kind;
import dev.cloudmend.sourcefixes.BlockQuestion;
import dev.cloudmend.sourcefixes.PlaybookText;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BlockPromptTest {

  @Test
  void theExamplesOfTheFixedTextKeepToTheSchema() {
    Prompt<BlockAnswer> prompt = prompt("resource \"a\" \"b\" {}").orElseThrow();
    var schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(prompt.tool().schema());
    List<String> examples =
        prompt.system().lines().filter(line -> line.startsWith("{\"target\"")).toList();

    assertThat(examples).hasSize(2);
    for (String example : examples) {
      assertThat(schema.validate(example, InputFormat.JSON)).isEmpty();
    }
    assertThat(prompt.system()).doesNotContain("version:").contains(BlockPrompt.TOOL);
  }

  @Test
  void namesThatOnlyTheirArgumentTellsAreNotSent() {
    String block =
        """
        resource "aws_iam_role" "deploy" {
          name = "deployer-of-acme"
          path = "/"
        }""";

    Prompt<BlockAnswer> prompt = prompt("aws_iam_role", block).orElseThrow();

    assertThat(prompt.user()).doesNotContain("deployer-of-acme").contains("PRINCIPAL_1");
    assertThat(prompt("aws_s3_bucket", block.replace("name", "bucket")).orElseThrow().user())
        .doesNotContain("deployer-of-acme")
        .contains("BUCKET_1");
  }

  @Test
  void whatIsNeverPutBackIsNotSent() {
    assertThat(prompt("resource \"a\" \"b\" {\n  token = \"abcdefgh1\"\n}")).isEmpty();
  }

  @Property(tries = 200)
  void whateverABlockHoldsTheDataBlockIsTheOnlyOne(@ForAll String text) {
    Optional<Prompt<BlockAnswer>> prompt = prompt("resource \"a\" \"b\" {\n  # " + text + "\n}");

    prompt.ifPresent(
        sent ->
            assertThat(sent.user())
                .containsOnlyOnce("<data>")
                .containsOnlyOnce("</data>")
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}&&[^\\n]]"));
  }

  @Test
  void thePlaceholdersAreThoseThatTheFixedTextNames() {
    String system = prompt("resource \"a\" \"b\" {}").orElseThrow().system();
    for (Kind kind : Kind.values()) {
      if (kind.restored()) {
        assertThat(system).containsPattern(kind + "_\\d");
      }
    }
  }

  private static Optional<Prompt<BlockAnswer>> prompt(String block) {
    return prompt("a", block);
  }

  private static Optional<Prompt<BlockAnswer>> prompt(String type, String block) {
    return BlockPrompt.of(
        new BlockQuestion(
            "main.tf",
            type + ".b",
            type,
            block,
            List.of(new BlockQuestion.Required("rule", "Title", "Why", "Message", "Advice")),
            new PlaybookText("playbook", "Title", "Why", List.of())),
        true);
  }
}
