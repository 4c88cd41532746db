package dev.cloudmend.diagnoser.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The part of the prompt that is the same for all incidents of one kind, from {@code prompt.md}: a
 * first line with the version, the common text, and a part for either kind of question.
 *
 * @param version what the first line says
 * @param planned for a finding with a planned change
 * @param unmatched for a finding that no playbook answers to
 */
record FixedText(String version, String planned, String unmatched) {

  private static final String RESOURCE = "prompt.md";
  private static final String VERSION = "version: ";
  private static final String PLANNED = "\n=== planned\n";
  private static final String UNMATCHED = "\n=== unmatched\n";

  static final FixedText STANDARD = read();

  /**
   * Splits the file.
   *
   * @throws IllegalStateException when a part is missing
   */
  static FixedText of(String file) {
    int endOfVersion = file.indexOf('\n');
    int planned = file.indexOf(PLANNED);
    int unmatched = file.indexOf(UNMATCHED);
    if (!file.startsWith(VERSION) || planned < 0 || unmatched < planned) {
      throw new IllegalStateException(
          RESOURCE + " needs a first line 'version: …' and the parts === planned, === unmatched");
    }
    String common = file.substring(endOfVersion, planned).strip();
    return new FixedText(
        file.substring(VERSION.length(), endOfVersion).strip(),
        common + "\n\n" + file.substring(planned + PLANNED.length(), unmatched).strip(),
        common + "\n\n" + file.substring(unmatched + UNMATCHED.length()).strip());
  }

  private static FixedText read() {
    try (InputStream in =
        Objects.requireNonNull(FixedText.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
  }
}
