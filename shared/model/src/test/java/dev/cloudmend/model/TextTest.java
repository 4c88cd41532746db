package dev.cloudmend.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void escapesOfATerminalAreShownNotRun() {
    assertThat(Text.shown("a\u001b[31mb\u202ec\u0007")).isEqualTo("a\\u001b[31mb\\u202ec\\u0007");
  }

  @Test
  void longTextIsCutAndSaysHowLongItWas() {
    assertThat(Text.bounded("x".repeat(3_000)))
        .hasSize(Text.LONGEST + "… (3000 characters)".length())
        .endsWith("(3000 characters)");
  }

  @Property
  void whatIsShownHasNoControlCharacters(@ForAll String text) {
    assertThat(Text.shown(text)).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
  }
}
