package dev.cloudmend.pullrequests;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last lines of our commits' messages, by which they are known again. They name what the commit
 * is made of, so a commit that somebody amended, rebased or picked is no longer ours, though its
 * message is.
 *
 * @param content {@code sha256:} of what the files become
 * @param base the commit of the base branch that it was made for
 */
record CommitNote(String content, String base) {

  private static final Pattern FORM =
      Pattern.compile(
          """


          Cloudmend-Content: (sha256:[0-9a-f]{64})
          Cloudmend-Base: ([0-9a-f]+)
          Cloudmend-Tree: ([0-9a-f]+)
          Cloudmend-Parents: ([0-9a-f ]+)\\s*$\
          """);

  /** Of a commit of ours; empty for somebody else's. */
  static Optional<CommitNote> of(Commit commit) {
    Matcher note = FORM.matcher(commit.message());
    return note.find()
            && note.group(3).equals(commit.tree())
            && note.group(4).equals(String.join(" ", commit.parents()))
        ? Optional.of(new CommitNote(note.group(1), note.group(2)))
        : Optional.empty();
  }

  /** A commit's message with the note. */
  String under(String message, String tree, List<String> parents) {
    return """
    %s

    Cloudmend-Content: %s
    Cloudmend-Base: %s
    Cloudmend-Tree: %s
    Cloudmend-Parents: %s
    """
        .formatted(message.strip(), content, base, tree, String.join(" ", parents));
  }
}
