package dev.cloudmend.testing;

import dev.cloudmend.emulators.Emulator;
import dev.cloudmend.emulators.EmulatorException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An AWS account that an emulator stands in for. Any credentials are good. */
public final class EmulatedAccount implements AutoCloseable {

  private static final Pattern ACCOUNT = Pattern.compile("<Account>(\\d{12})</Account>");

  /** Emulators read the service from the signature's scope and do not check the signature. */
  private static final String UNCHECKED_SIGNATURE =
      "AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/sts/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  private final Emulator emulator;
  private final String accountId;

  EmulatedAccount(Emulator emulator) {
    this.emulator = emulator;
    this.accountId = callerAccount(emulator.endpoint());
  }

  /** Where clients reach it. May be another one after a {@link #reset()}. */
  public URI endpoint() {
    return emulator.endpoint();
  }

  /** Twelve digits, as STS tells them. */
  public String accountId() {
    return accountId;
  }

  /** Which emulator it is, with its version: {@code moto 5.2.1}. */
  public String name() {
    return emulator.name();
  }

  /**
   * Takes everything out of the account.
   *
   * @throws EmulatorException when the emulator does not do so
   */
  public void reset() {
    emulator.reset();
  }

  @Override
  public void close() {
    emulator.close();
  }

  private static String callerAccount(URI endpoint) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .header("Authorization", UNCHECKED_SIGNATURE)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(
                HttpRequest.BodyPublishers.ofString("Action=GetCallerIdentity&Version=2011-06-15"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      Matcher account = ACCOUNT.matcher(response.body());
      if (response.statusCode() == HttpURLConnection.HTTP_OK && account.find()) {
        return account.group(1);
      }
      throw new EmulatorException(
          "STS at " + endpoint + " answered " + response.statusCode() + " without an account");
    } catch (IOException e) {
      throw new EmulatorException("STS at " + endpoint + " did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmulatorException("Interrupted while asking STS", e);
    }
  }
}
