package dev.cloudmend.pullrequests;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloudmend.model.Json;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a GitHub App, which signs that a request is the App's.
 *
 * @see <a
 *     href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app">
 *     Generating a JSON Web Token for a GitHub App</a>
 */
public final class AppKey {

  // GitHub takes at most ten minutes, by its own clock.
  private static final Duration VALID = Duration.ofMinutes(9);
  private static final Duration CLOCK_DRIFT = Duration.ofMinutes(1);

  private static final Pattern ISSUER = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (RSA )?PRIVATE KEY-----");

  /** Version 0 and the algorithm rsaEncryption, which PKCS#8 puts before a key of PKCS#1. */
  private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private final String issuer;
  private final PrivateKey key;

  AppKey(String issuer, String pem) {
    if (!ISSUER.matcher(issuer).matches()) {
      throw new IllegalArgumentException("a GitHub App is named by its client id or its app id");
    }
    this.issuer = issuer;
    this.key = read(pem);
  }

  /** A token that says who the App is, in the form of RFC 7519. */
  String token(Instant now) {
    String claims =
        Json.object()
            .put("iat", now.minus(CLOCK_DRIFT).getEpochSecond())
            .put("exp", now.plus(VALID).getEpochSecond())
            .put("iss", issuer)
            .toString();
    String said =
        base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(UTF_8))
            + "."
            + base64(claims.getBytes(UTF_8));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(said.getBytes(UTF_8));
      return said + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform signs with RSA", e);
    }
  }

  @Override
  public String toString() {
    return "AppKey[" + issuer + "]";
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  // The cause is dropped: a parser's message may quote what it read.
  private static PrivateKey read(String pem) {
    Matcher parts = PEM.matcher(pem);
    try {
      if (parts.find()) {
        byte[] der = Base64.getMimeDecoder().decode(parts.group(2));
        byte[] pkcs8 = parts.group(1) == null ? der : wrapped(der);
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw notAKey();
    }
    throw notAKey();
  }

  private static IllegalArgumentException notAKey() {
    return new IllegalArgumentException(
        "the private key of the GitHub App is no RSA key in PEM, as GitHub gives it out");
  }

  private static byte[] wrapped(byte[] pkcs1) {
    var inner = new ByteArrayOutputStream();
    inner.writeBytes(RSA);
    inner.writeBytes(der(0x04, pkcs1));
    return der(0x30, inner.toByteArray());
  }

  private static byte[] der(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      out.writeBytes(
          new byte[] {
            (byte) 0x82, (byte) (content.length >> 8), (byte) content.length,
          });
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
