package dev.cloudmend.endpoint.front;

/** Text inside XML. */
public final class Xml {

  private Xml() {}

  /** The text with what XML would take for markup escaped, and what it cannot hold left out. */
  public static String text(String value) {
    var escaped = new StringBuilder();
    value
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> {
                  if (c >= ' ' || c == '\n' || c == '\t') {
                    escaped.appendCodePoint(c);
                  }
                }
              }
            });
    return escaped.toString();
  }
}
