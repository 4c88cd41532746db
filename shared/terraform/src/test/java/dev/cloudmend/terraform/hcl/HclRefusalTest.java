package dev.cloudmend.terraform.hcl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HclRefusalTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = \"x~b = 1|1:5|text that does not end",
        "a = \"x|1:5|text that does not end",
        "a = <<EOT~x~EO~|1:5|heredoc that does not end",
        "a = <<EOT~x~EOT|1:5|heredoc that does not end",
        "a = <<EOT x~EOT~|1:10|right after the heredoc's marker",
        "~a {~  b = 1~|2:1|block that does not end",
        "a {~|1:1|block that does not end",
        "a = [1~|2:1|the end of the file",
        "a = {~  b = 1|2:8|the end of the file",
        "a = f(1|1:8|the end of the file",
        "a = /* x|1:5|comment that does not end",
        "a~<<<<<<< HEAD~b|2:1|unfinished merge",
        "a = 1~=======~b = 2|2:1|an argument or a block",
        "a = 1~>>>>>>> x|2:1|unfinished merge",
        "a = \"\\q\"|1:6|unknown escape",
        "a = \"\\u12\"|1:6|incomplete escape",
        "a = \"\\UFFFFFFFF\"|1:6|incomplete escape",
        "a = 1 b = 2|1:7|the end of the line",
        "a = ~|1:5|an expression",
        "a = 1 +~2|1:8|an expression",
        "a {} b {}|1:6|the end of the line",
        "a { b {} }|1:7|one argument and no block",
        "a { b = 1, }|1:10|one argument",
        "a { b = 1~}|1:10|one argument",
        "a = 1~a = 2|2:1|second argument of the name",
        "\"a\" = 1|1:1|an argument or a block",
        "a \"${b}\" {}|1:3|label with an interpolation",
        "a = \"${1\"|1:9|\"}\"",
        "a = \"%{ when x }\"|1:6|unknown directive",
        "a = [1 2]|1:8|\",\" or \"]\"",
        "a = { b }|1:9|\"=\" or \":\"",
        "a = { b = 1 c = 2 }|1:13|\",\"",
        "a = [for x of y : x]|1:12|\"in\"",
        "a = 1e999999999|1:5|too long or too large",
        "a = 1e99999999999999|1:5|too long or too large",
        "}|1:1|an argument or a block",
        "a = 'x'|1:5|an expression",
        "a.b = 1|1:2|a label",
      })
  void whatIsNoHclIsRefusedWithItsPlaceAndReason(String text, String place, String reason) {
    HclException refusal = refusal(text.replace("~", "\n").getBytes(UTF_8));

    assertThat(refusal)
        .hasMessageStartingWith("main.tf:" + place + ": ")
        .hasMessageContaining(reason);
    assertThat(refusal.line() + ":" + refusal.column()).isEqualTo(place);
    assertThat(refusal.getMessage()).contains(refusal.what(), "; expected " + refusal.expected());
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWithTheirPlace() {
    assertThat(refusal("a = 1\nb = \"größe\"".getBytes(ISO_8859_1)))
        .hasMessageStartingWith("main.tf:2:8: bytes that are not UTF-8");
    assertThat(refusal(new byte[] {'a', (byte) 0xC3})).hasMessageContaining("not UTF-8");
  }

  @Test
  void nulAndLoneCarriageReturnAndTerminalCodesAreRefusedAndNotRepeated() {
    assertThat(refusal("a = \"\0\"".getBytes(UTF_8))).hasMessageContaining("NUL");
    assertThat(refusal("a = 1\rb = 2".getBytes(UTF_8))).hasMessageContaining("U+000D");
    assertThat(refusal("a = \u001b[2J".getBytes(UTF_8)))
        .hasMessageContaining("U+001B")
        .hasMessageNotContaining("\u001b");
  }

  @Test
  void aFileOverTheLimitIsRefusedUnread() {
    assertThat(refusal(new byte[HclFile.LARGEST + 1])).hasMessageContaining("at most");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{a=",
        "(",
        "-",
        "!",
        "f(",
        "a[",
        "\"${",
        "[for x in ",
        "x?",
        "x ? y : ",
        "a||b&&c==d<e+f*("
      })
  void deepNestingIsRefusedAndNeverOverflowsTheStack(String open) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    byte[] deep = ("a = " + open.repeat(100_000)).getBytes(UTF_8);
    Thread small = new Thread(null, () -> thrown.set(refusal(deep)), "small", 512 * 1024);
    small.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
    small.start();
    small.join();

    assertThat(thrown.get()).isInstanceOf(HclException.class).hasMessageContaining("100 levels");
  }

  @Test
  void deepBlocksAreRefusedToo() {
    assertThat(refusal("a {\n".repeat(300).getBytes(UTF_8))).hasMessageContaining("100 levels");
  }

  @Test
  void longChainsAreNotDeep() {
    String text = "a = 1" + " + b.c".repeat(50_000) + "\nd = e" + ".f[0]".repeat(50_000) + "\n";

    assertThat(
            HclFile.parse("main.tf", text).body().attribute("a").orElseThrow().value().references())
        .hasSize(50_000);
  }

  @Test
  void editsThatOverlapAreRefused() {
    HclFile file = HclFile.parse("main.tf", "a = [1, 2]\n");
    Attribute attribute = file.body().attributes().getFirst();
    Edits edits = file.edit().remove(attribute).replace(attribute.value(), "1");

    assertThatThrownBy(edits::apply)
        .isInstanceOf(HclException.class)
        .hasMessageContaining("main.tf:1:5")
        .hasMessageContaining("two edits");
  }

  @Test
  void aNewValueThatIsNoExpressionIsRefused() {
    HclFile file = HclFile.parse("main.tf", "a = 1\n");

    assertThatThrownBy(() -> file.edit().set(file.body(), "a", "1\nb = 2"))
        .isInstanceOf(HclException.class);
    assertThatThrownBy(() -> file.edit().set(file.body(), "b = 1\nc", "2"))
        .isInstanceOf(HclException.class);
    assertThatThrownBy(() -> file.edit().addBlock(file.body(), "x {"))
        .isInstanceOf(HclException.class);
  }

  private static HclException refusal(byte[] content) {
    return catchThrowableOfType(HclException.class, () -> HclFile.parse("main.tf", content));
  }
}
