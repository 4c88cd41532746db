package dev.cloudmend.local;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Input or options that cannot be used; with everything that is wrong with them. */
public final class InputException extends RuntimeException {

  private final List<Fault> faults;

  public InputException(List<Fault> faults) {
    super(faults.stream().map(Fault::line).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  public InputException(String message) {
    this(List.of(new Fault(null, null, message, null)));
  }

  public List<Fault> faults() {
    return faults;
  }

  /**
   * One thing that is wrong.
   *
   * @param file the file, or {@code -} for standard input
   * @param lineNumber the line in it where the broken element begins, from 1; absent where the file
   *     is short enough to be looked through
   * @param pointer where in it, as a JSON pointer; in a file of one document a line, in that
   *     document
   * @param message what is wrong
   * @param expected what should be there
   */
  public record Fault(
      @Nullable String file,
      @Nullable Integer lineNumber,
      @Nullable String pointer,
      String message,
      @Nullable String expected) {

    public Fault(
        @Nullable String file,
        @Nullable String pointer,
        String message,
        @Nullable String expected) {
      this(file, null, pointer, message, expected);
    }

    /** One line for a person. */
    public String line() {
      var line = new StringBuilder();
      if (file != null) {
        line.append(file)
            .append(lineNumber == null ? "" : ":" + lineNumber)
            .append(pointer == null || pointer.isEmpty() ? "" : "#" + pointer)
            .append(": ");
      }
      line.append(message);
      if (expected != null) {
        line.append("; expected ").append(expected);
      }
      return line.toString();
    }
  }
}
