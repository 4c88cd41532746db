package dev.cloudmend.pullrequests;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Who asks GitHub. No form of it shows its secret as text. */
public sealed interface GitHubCredentials {

  /**
   * A personal access token, best a fine-grained one with "Contents" and "Pull requests" to read
   * and write.
   */
  static GitHubCredentials token(String token) {
    return new Token(token);
  }

  /**
   * A GitHub App that is installed where the repositories are. Its commits are signed by GitHub.
   *
   * @param issuer its client id, or its app id
   * @param privateKey PEM, as GitHub gives it out
   * @throws IllegalArgumentException when the key is no RSA key in PEM
   */
  static GitHubCredentials app(String issuer, String privateKey) {
    return new App(new AppKey(issuer, privateKey), OptionalLong.empty());
  }

  /** As above, with the installation's id, which saves looking it up for a repository. */
  static GitHubCredentials app(String issuer, String privateKey, long installation) {
    return new App(new AppKey(issuer, privateKey), OptionalLong.of(installation));
  }

  /** A token that is there. */
  record Token(String value) implements GitHubCredentials {

    // A character that no header can hold would be told, with the whole header, in an exception.
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]+");

    /**
     * @throws IllegalArgumentException when it cannot be a token
     */
    public Token {
      if (!FORM.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "the token for GitHub is empty, or has white space or a letter beyond ASCII");
      }
    }

    @Override
    public String toString() {
      return "Token[***]";
    }
  }

  /** An App that asks for tokens. */
  record App(AppKey key, OptionalLong installation) implements GitHubCredentials {}
}
