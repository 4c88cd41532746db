import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that every Java source below a folder is as google-java-format writes it, or writes it so.
 *
 * <p>Usage: {@code FormatSources check|apply FOLDER}. Exit 1 when a check finds a file that
 * differs.
 */
final class FormatSources {

  public static void main(String[] arguments) throws Exception {
    boolean apply = arguments[0].equals("apply");
    List<Path> sources;
    try (var walk = Files.walk(Path.of(arguments[1]))) {
      sources =
          walk.filter(p -> p.toString().endsWith(".java"))
              .filter(p -> !p.toString().contains("/target/") && !p.toString().contains("/.git/"))
              .sorted()
              .toList();
    }
    var formatter = new Formatter(JavaFormatterOptions.builder().build());
    var different = new ArrayList<Path>();
    for (Path source : sources) {
      String text = Files.readString(source);
      String formatted =
          formatter.formatSource(
              ImportOrderer.reorderImports(
                  RemoveUnusedImports.removeUnusedImports(text),
                  JavaFormatterOptions.Style.GOOGLE));
      if (!formatted.equals(text)) {
        different.add(source);
        if (apply) {
          Files.writeString(source, formatted);
        }
      }
    }
    if (different.isEmpty()) {
      return;
    }
    different.forEach(p -> System.err.println((apply ? "formatted " : "not formatted: ") + p));
    if (!apply) {
      System.err.println("Run: ./mvnw -N validate -Dformat.mode=apply");
      System.exit(1);
    }
  }
}
