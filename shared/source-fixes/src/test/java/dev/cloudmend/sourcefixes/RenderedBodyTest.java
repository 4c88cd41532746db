package dev.cloudmend.sourcefixes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.model.Text;
import dev.cloudmend.pullrequests.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader sees of a body whose texts somebody hostile chose. */
class RenderedBodyTest {

  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "![x](https://evil.example/x.png)",
          "[click](https://evil.example) [here]",
          "[here]: https://evil.example",
          "[click](javascript:alert(1))",
          "<a href=https://evil.example>x</a><img src=x onerror=alert(1)>",
          "https://evil.example www.evil.example <https://evil.example> ana@evil.example",
          "@ana @acme/admins fixes #1 and GH-1",
          "a | b | c \\| d",
          "`` ` ```` ~~~\n\n# Heading\n```\n@ana\n</code></pre>",
          "<!-- cloudmend: fingerprint=a content=b -->",
          "</td></tr></table><details><summary>x</summary>",
          "- [x] done\n\n---\n> [!CAUTION]\n> quote",
          "~~a~~ **b** _c_ &lt;b&gt; &#64;ana \\@ana");

  /** All that a body is made of, and nothing that leads elsewhere. */
  private static final Set<String> TAGS =
      Set.of(
          "h2",
          "p",
          "strong",
          "hr /",
          "ul",
          "li",
          "input type=\"checkbox\" disabled=\"\"",
          "table",
          "thead",
          "tbody",
          "tr",
          "th",
          "td",
          "pre",
          "code",
          "code class=\"language-diff\"",
          "code class=\"language-json\"",
          "span",
          "span class=\"added\"",
          "span class=\"removed\"",
          "span class=\"place\"",
          "span class=\"same\"");

  private static final Pattern TAG = Pattern.compile("<(?!/)([^>]*)>");
  private static final Pattern ROW = Pattern.compile("(?s)<tr>(.*?)</tr>");

  /** GitHub looks for these in all text outside code: mentions, references, addresses. */
  private static final Pattern CALL = Pattern.compile("(?i)@\\w|#\\d|gh-\\d|www\\.\\w|://\\w");

  static List<String> texts() {
    var texts = new ArrayList<>(HOSTILE);
    texts.add(String.join("\n", HOSTILE));
    return texts;
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aHostileFindingBringsNoElementMentionOrColumn(String text) {
    try (Scene scene = Scene.ofBucket()) {
      scene.proposer.propose(Bodies.hostile(text));

      String html = GitHubPage.body(scene.only().body().replaceFirst("\\A<!--.*?-->\n", ""));
      assertThat(tags(html)).isSubsetOf(TAGS);
      assertThat(count(html, "<h2>")).isEqualTo(8);
      assertThat(count(html, "<table>")).isEqualTo(1);
      assertThat(count(html, "<hr />")).isEqualTo(1);
      assertThat(ROW.matcher(html).results().map(row -> row.group(1)))
          .hasSizeGreaterThan(5)
          .allMatch(row -> count(row, "<td>") + count(row, "<th>") == 2);
      assertThat(proseOf(html)).doesNotContainPattern(CALL);
      assertThat(read(html)).contains(Text.shown(text.replaceAll("\\s+", " ")));
    }
  }

  /** Else the tests below would tell nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "<script>alert(1)</script>§script",
        "![x](https://evil.example/x.png)§img src",
        "[click](https://evil.example)§a href",
        "see https://evil.example§a href",
        "<a href=x>x</a>§a href",
        "~~x~~§del"
      })
  void whatIsNotMadeHarmlessBecomesAnElement(String text, String begin) {
    assertThat(tags(GitHubPage.body(text))).anyMatch(tag -> tag.startsWith(begin));
  }

  @Property
  void textIsOneParagraphThatSaysTheSame(@ForAll("hostile") String text) {
    String html = GitHubPage.body("**" + Markdown.text("x" + text + "x") + "**\n");

    assertThat(tags(html)).isSubsetOf("p", "strong", "span");
    assertThat(proseOf(html)).doesNotContainPattern(CALL);
    assertThat(read(html).strip()).isEqualTo(oneLine("x" + text + "x"));
  }

  @Property
  void aRowHasItsTwoCellsWhateverIsInThem(@ForAll("hostile") String text) {
    String html =
        GitHubPage.body(
            "| | |\n|---|---|\n| %s | %s |\n"
                .formatted(Markdown.text(text), Markdown.codeInTable(text)));

    assertThat(tags(html)).isSubsetOf(TAGS);
    assertThat(count(html, "<tr>")).isEqualTo(2);
    assertThat(count(html, "<td>")).isEqualTo(2);
    assertThat(count(html, "<code>")).isEqualTo(1);
  }

  @Property
  void aBlockIsOneBlockThatSaysTheSame(@ForAll("hostile") String text) {
    String html = GitHubPage.body("Before\n\n" + Markdown.block("json", text) + "\nAfter\n");

    assertThat(tags(html)).containsExactly("p", "pre", "code class=\"language-json\"", "p");
  }

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> pieces =
        Arbitraries.oneOf(
            Arbitraries.of(HOSTILE),
            Arbitraries.of("|", "\\", "`", "```", "~", "<", ">", "&", "*", "_", "\n", " ", "x"),
            Arbitraries.strings().ofMaxLength(5));
    return pieces.list().ofMaxSize(6).map(parts -> String.join("", parts));
  }

  private static List<String> tags(String html) {
    return TAG.matcher(html).results().map((MatchResult tag) -> tag.group(1)).toList();
  }

  private static long count(String html, String part) {
    return html.split(Pattern.quote(part), -1).length - 1L;
  }

  private static String oneLine(String text) {
    return Text.shown(text.replaceAll("[\\s\\p{Z}]+", " ").strip()).replace("\u200b", "");
  }

  /** What stands outside code. */
  private static String proseOf(String html) {
    return plain(html.replaceAll("(?s)<(code|pre)\\b.*?</\\1>", " "));
  }

  /** All that a reader reads. */
  private static String read(String html) {
    return plain(html).replace("\u200b", "");
  }

  private static String plain(String html) {
    return html.replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }
}
