package dev.cloudmend.pullrequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cloudmend.model.Text;
import java.net.URI;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {

  private static final String PART = "&#8203;";

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '\u0000',
      value = {
        "plain text, 3/4 'quoted'§plain text, 3/4 'quoted'",
        "*bold* _it_ `code`§\\*bold\\* \\_it\\_ \\`code\\`",
        "[a](b) ![c](d)§\\[a\\]\\(b\\) \\!\\[c\\]\\(d\\)",
        "<b onclick=x>&amp;§&lt;b onclick\\=x&gt;&amp;amp;",
        "<!-- cloudmend: x -->§&lt;\\!\\-\\- cloudmend\\: x \\-\\-&gt;",
        "@octocat§\\@&#8203;octocat",
        "Fixes #12§Fixes \\#&#8203;12",
        "GH-12§GH\\-&#8203;12",
        "https://evil.example§https\\:&#8203;//evil\\.example",
        "www.evil.example§www&#8203;\\.evil\\.example",
        "me@evil.example§me\\@&#8203;evil\\.example",
        "a|b§a\\|b",
        "$x$§<span>$</span>x<span>$</span>",
        "arn:aws:s3:::b-1§arn\\:aws\\:s3\\:\\:\\:b\\-1",
        "# title§\\#&#8203; title",
        "- item§\\- item",
        "1. item§1\\. item"
      })
  void textStandsAsItIs(String text, String expected) {
    assertThat(Markdown.text(text)).isEqualTo(expected);
  }

  @Test
  void linesBecomeOne() {
    assertThat(Markdown.text(" a\r\n\r\n\t# b\u2028c ")).isEqualTo("a \\#&#8203; b c");
    assertThat(Markdown.text("a\u202eb")).isEqualTo("a\\\\u202eb");
  }

  @Property
  void noSpecialCharacterOfATextIsLeftAlone(@ForAll("hostile") String text) {
    String rest =
        Markdown.text(text)
            .replace("<span>$</span>", "")
            .replaceAll("\\\\[\\\\`*_{}\\[\\]()+\\-.!|~=^:@#]", "")
            .replaceAll("&(lt|gt|amp|#8203);", "");

    assertThat(rest).doesNotContainPattern("[\\\\`*_{}\\[\\]()+\\-.!|~=^:@#<>&$\\p{Cntrl}]");
  }

  @Property
  void noMentionReferenceOrAddressIsLeftInWhatIsShown(@ForAll("hostile") String text) {
    String shown = shown(Markdown.text(text));

    assertThat(shown)
        .doesNotContainPattern("(?i)@\\w|#\\w|gh-\\d|://|www\\.\\w")
        .doesNotContain("\n");
  }

  @Property
  void whatIsShownIsTheTextButForThePartings(@ForAll("hostile") String text) {
    String expected =
        Text.shown(text.replaceAll("[\\s\\p{Z}]+", " ").strip()).replace("\u200b", "");

    assertThat(shown(Markdown.text(text)).replace("\u200b", "")).isEqualTo(expected);
  }

  @Property
  void codeIsOneLineThatEndsAtItsOwnFence(@ForAll("hostile") String text) {
    String code = Markdown.code(text);
    String fence = leadingTicks(code);

    assertThat(code).doesNotContain("\n").startsWith(fence).endsWith(fence);
    String inner = code.substring(fence.length(), code.length() - fence.length());
    assertThat(inner).doesNotStartWith("`").doesNotEndWith("`");
    assertThat(ticksOf(inner, fence.length())).isFalse();
  }

  @Property
  void noBarOfCodeInATableEndsTheCell(@ForAll("hostile") String text) {
    assertThat(Markdown.codeInTable(text))
        .doesNotContainPattern("(?<!\\\\)\\||\\\\\\\\\\|")
        .doesNotContain("\n");
  }

  @Property
  void aBlockEndsAtItsOwnFenceAlone(@ForAll("hostile") String text) {
    String block = Markdown.block("diff", text);
    String fence = leadingTicks(block);

    assertThat(fence.length()).isGreaterThanOrEqualTo(3);
    assertThat(block).startsWith(fence + "diff\n").endsWith("\n" + fence + "\n");
    String inner = block.substring(fence.length() + 5, block.length() - fence.length() - 1);
    assertThat(inner).doesNotContain(fence).doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]");
  }

  @Test
  void codeKeepsItsCharacters() {
    assertThat(Markdown.code("arn:aws:s3:::a")).isEqualTo("`arn:aws:s3:::a`");
    assertThat(Markdown.code("a`b")).isEqualTo("``a`b``");
    assertThat(Markdown.code("`a`")).isEqualTo("`` `a` ``");
    assertThat(Markdown.code("")).isEqualTo("`  `");
    assertThat(Markdown.codeInTable("a|b")).isEqualTo("`a\\|b`");
  }

  @Test
  void aBlockKeepsItsLines() {
    assertThat(Markdown.block("hcl", "a {\r\n\tb = 1\n}"))
        .isEqualTo(
            """
            ```hcl
            a {
                b = 1
            }
            ```
            """);
    assertThat(Markdown.block("", "````\n@octocat")).isEqualTo("`````\n````\n@octocat\n`````\n");
    assertThatIllegalArgumentException().isThrownBy(() -> Markdown.block("a b", "x"));
  }

  @Test
  void onlyAPlainHttpsAddressBecomesALink() {
    assertThat(Markdown.link("a [b]", URI.create("https://example.com/x?y=1")))
        .isEqualTo("[a \\[b\\]](https://example.com/x?y=1)");
    assertThat(Markdown.link("a", URI.create("javascript:alert(1)"))).isEqualTo("a");
    assertThat(Markdown.link("a", URI.create("https://example.com/)x"))).isEqualTo("a");
    assertThat(Markdown.link("a", URI.create("https://me@example.com/"))).isEqualTo("a");
  }

  @Test
  void aPersonIsMentionedOnlyByALogin() {
    assertThat(Markdown.mention("octo-cat")).isEqualTo("@octo-cat");
    assertThat(Markdown.mention("octo cat")).isEqualTo("octo cat");
    assertThat(Markdown.mention("a/../b")).isEqualTo("a/\\.\\./b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[skip ci] x", "x\n[ci skip]", "@octocat #12"})
  void aTitleSwitchesNothingOffAndNamesNobody(String title) {
    assertThat(Markdown.title(title)).doesNotContainPattern("[\\[\\]\n]|@\\w|#\\w");
  }

  @Property
  void aTitleIsOneLineOfBoundedLength(@ForAll("hostile") String text) {
    assertThat(Markdown.title(text.repeat(20)).lines().count()).isLessThanOrEqualTo(1);
    assertThat(Markdown.title(text.repeat(20)).length()).isLessThanOrEqualTo(200);
  }

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "@a",
            "#1",
            "GH-1",
            "gh-2",
            "http://x",
            "www.x.y",
            "```",
            "`",
            "|",
            "\\|",
            "\\",
            "\n",
            "\r\n",
            "\t",
            "<b>",
            "-->",
            "<!-- cloudmend: ",
            "&amp;",
            "&#64;",
            "$",
            "[a](b)",
            "# ",
            "- ",
            "1. ",
            "\u202e",
            "\u200b",
            "\u2028",
            "\ud83d\ude00",
            "\ud83d",
            "a@b.c",
            "mailto:",
            "*",
            "_",
            "~~",
            "==",
            "x",
            " ");
    return Arbitraries.oneOf(
        pieces.list().ofMaxSize(12).map(parts -> String.join("", parts)),
        Arbitraries.strings().ofMaxLength(40));
  }

  /** What a reader sees of escaped text. */
  private static String shown(String markdown) {
    return markdown
        .replace("<span>$</span>", "$")
        .replaceAll("\\\\([\\\\`*_{}\\[\\]()+\\-.!|~=^:@#])", "$1")
        .replace(PART, "\u200b")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  private static String leadingTicks(String text) {
    return text.replaceAll("(?s)[^`].*", "");
  }

  private static boolean ticksOf(String text, int length) {
    return text.matches("(?s)(.*[^`])?`{" + length + "}([^`].*)?");
  }
}
