package dev.cloudmend.sourcefixes;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.autolink.AutolinkType;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;

/**
 * Markdown as GitHub makes HTML of it: tables, task lists, alerts, bare addresses as links, HTML as
 * it stands. GitHub takes some HTML away afterwards; here all of it can be seen.
 */
final class GitHubPage {

  // Of addresses without a scheme this library takes more than GitHub does: every character beyond
  // ASCII.
  private static final List<Extension> GITHUB =
      List.of(
          TablesExtension.create(),
          TaskListItemsExtension.create(),
          StrikethroughExtension.create(),
          // Not EMAIL: this library takes an invisible space for a letter of a host, GitHub does
          // not.
          AutolinkExtension.builder().linkTypes(AutolinkType.URL, AutolinkType.WWW).build());
  private static final Parser PARSER = Parser.builder().extensions(GITHUB).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().extensions(GITHUB).nodeRendererFactory(Diffs::new).build();

  private static final Pattern ALERT =
      Pattern.compile("<blockquote>\n<p>\\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)]\n");
  private static final Pattern LABEL = Pattern.compile("`([^`]+)`");

  private GitHubPage() {}

  /** A body, without a page around it. */
  static String body(String markdown) {
    Matcher alert = ALERT.matcher(RENDERER.render(PARSER.parse(markdown)));
    return alert.replaceAll(
        found -> {
          String kind =
              found.group(1).charAt(0) + found.group(1).substring(1).toLowerCase(Locale.ROOT);
          return "<blockquote class=\"alert\">\n<p class=\"kind\">" + kind + "</p>\n<p>";
        });
  }

  /**
   * A pull request as a whole page, which needs nothing from elsewhere.
   *
   * @param document as docs/examples/pull-request.md: title, labels, body
   */
  static String of(String document, String style) {
    String[] parts = document.split("\n\n", 3);
    var labels = new StringBuilder();
    LABEL
        .matcher(parts[1])
        .results()
        .forEach(label -> labels.append(element("span", "label", escaped(label.group(1)))));
    return """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><title>Pull request</title><style>
    %s</style></head>
    <body>
    <h1>%s</h1>
    <p class="state"><span class="open">Open</span> %s</p>
    <article>
    %s</article>
    </body>
    </html>
    """
        .formatted(style, escaped(parts[0].substring("# ".length())), labels, body(parts[2]));
  }

  private static String element(String name, String kind, String content) {
    return "<%s class=\"%s\">%s</%s>".formatted(name, kind, content, name);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  /** Colours the lines of a diff. */
  private record Diffs(HtmlNodeRendererContext context, HtmlWriter html) implements NodeRenderer {

    Diffs(HtmlNodeRendererContext context) {
      this(context, context.getWriter());
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(FencedCodeBlock.class);
    }

    @Override
    public void render(Node node) {
      var block = (FencedCodeBlock) node;
      html.line();
      html.tag("pre");
      html.tag("code", Map.of("class", "language-" + block.getInfo()));
      if (block.getInfo().equals("diff")) {
        block.getLiteral().lines().forEach(this::line);
      } else {
        html.text(block.getLiteral());
      }
      html.tag("/code");
      html.tag("/pre");
      html.line();
    }

    private void line(String line) {
      html.tag("span", Map.of("class", kind(line)));
      html.text(line);
      html.tag("/span");
    }

    private static String kind(String line) {
      return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
        case '+' -> "added";
        case '-' -> "removed";
        case '@' -> "place";
        default -> "same";
      };
    }
  }
}
