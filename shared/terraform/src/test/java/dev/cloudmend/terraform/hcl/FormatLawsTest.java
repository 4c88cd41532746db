package dev.cloudmend.terraform.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FormatLawsTest {

  @Property(tries = 2000)
  void theSecondTimeNothingChanges(@ForAll("files") String text) {
    String once = Format.of(text);

    assertThat(Format.of(once)).isEqualTo(once);
    assertThat(Format.isClean(once)).isTrue();
    assertThat(Format.isClean(text)).isEqualTo(once.equals(text));
  }

  @Property(tries = 2000)
  void blanksThatMeanNothingMakeNoDifference(@ForAll("files") String text, @ForAll Random random) {
    String respaced = Respacing.of(HclFile.parse("main.tf", text), random);

    assertThat(withoutLastBlanks(Format.of(respaced)))
        .isEqualTo(withoutLastBlanks(Format.of(text)));
  }

  @Property(tries = 2000)
  void nothingButBlanksStandsBetweenTwoTokens(@ForAll("files") String text) {
    List<Token> tokens = Lexer.tokens(HclFile.parse("main.tf", text));

    int end = text.startsWith("\uFEFF") ? 1 : 0;
    for (Token token : tokens) {
      assertThat(text.substring(end, token.start())).matches("[ \t]*");
      end = token.start();
      if (!token.is(Token.Kind.END)) {
        assertThat(text.startsWith(token.text(), end)).isTrue();
        end += token.text().length();
      }
    }
    assertThat(end).isEqualTo(text.length());
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.randomValue(GeneratedHcl::file);
  }

  /** Those of the last line are the only ones that fmt does not touch. */
  private static String withoutLastBlanks(String text) {
    return text.replaceAll("[ \t]*\\z", "");
  }
}
