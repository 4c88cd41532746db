package dev.cloudmend.terraform.hcl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class HclTextTest {

  @Property
  void whatIsPrintedAsATextIsReadAsThatText(@ForAll String value) {
    String text = new String(value.getBytes(UTF_8), UTF_8);
    assertThat(read(HclText.string(text)).string()).contains(text);
  }

  @Property
  void noTextBecomesATemplateOrEndsItsQuotes(@ForAll @NotEmpty List<Part> parts) {
    String text = String.join("", parts.stream().map(Part::text).toList());

    assertThat(read(HclText.string(text)).string()).contains(text);
  }

  /** What means something to HCL. */
  enum Part {
    DOLLAR("$"),
    PERCENT("%"),
    BRACE("{"),
    CLOSE("}"),
    QUOTE("\""),
    BACKSLASH("\\"),
    LINE("\n"),
    LETTER("a");

    private final String text;

    Part(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  @Test
  void printsLiterals() {
    assertThat(HclText.string("a\"b\\c\n${d} %{e} \u0001 é"))
        .isEqualTo("\"a\\\"b\\\\c\\n$${d} %%{e} \\u0001 é\"");
    assertThat(HclText.number(-7)).isEqualTo("-7");
    assertThat(HclText.number(new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(HclText.bool(true)).isEqualTo("true");
  }

  @Test
  void printsAListOnOneLineWhileItFits() {
    assertThat(HclText.list(List.of())).isEqualTo("[]");
    assertThat(HclText.list(List.of("1", "\"a\""))).isEqualTo("[1, \"a\"]");
    assertThat(HclText.list(Collections.nCopies(20, "local.x")))
        .isEqualTo("[\n" + "  local.x,\n".repeat(20) + "]");
    assertThat(HclText.list(List.of("{\n  a = 1\n}"))).isEqualTo("[\n  {\n    a = 1\n  },\n]");
  }

  @Test
  void printsObjectsLinedUpAndQuotesKeysThatAreNoNames() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("a", "1");
    entries.put("two words", "2");
    entries.put("list", "[\n  1,\n]");
    entries.put("z", "3");

    assertThat(HclText.object(entries))
        .isEqualTo(
            """
            {
              a           = 1
              "two words" = 2
              list = [
                1,
              ]
              z = 3
            }""");
    assertThat(HclText.object(Map.of())).isEqualTo("{}");
  }

  @Test
  void printsBlocks() {
    String inner = HclText.block("rule", List.of(), "");
    assertThat(HclText.block("resource", List.of("t", "n"), "a = 1\n\n" + inner))
        .isEqualTo("resource \"t\" \"n\" {\n  a = 1\n\n  rule {}\n}");
    assertThatThrownBy(() -> HclText.block("a b", List.of(), "")).isInstanceOf(HclException.class);
  }

  private static Expression read(String expression) {
    return HclFile.parse("x.tf", "a = " + expression).body().attributes().getFirst().value();
  }
}
