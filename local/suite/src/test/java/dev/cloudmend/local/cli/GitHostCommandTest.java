package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.local.GitFolder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitHostCommandTest {

  private static final String PREFIX = "GITHUB_API_URL=";

  @Test
  void itServesTheFolderAtTheAddressThatItSaysUntilItIsEnded(@TempDir Path folder)
      throws Exception {
    try (GitFolder source = GitFolder.declaring(folder.resolve("source"), "reports")) {
      Process process =
          Terminal.start(
              folder,
              "git-host",
              "--data",
              folder.resolve("data"),
              "--protect",
              "acme/infrastructure=release/*",
              "acme/infrastructure=" + source.folder());
      try {
        URI repository = URI.create(address(process, folder) + "/repos/acme/infrastructure");
        try (HttpClient client = HttpClient.newHttpClient()) {
          var request =
              HttpRequest.newBuilder(repository).header("Authorization", "Bearer any").build();
          var answer = client.send(request, BodyHandlers.ofString());

          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
          assertThat(answer.body()).contains("\"default_branch\":\"main\"");
        }
      } finally {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends when it is asked").isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "acme/other=main,acme/infrastructure=f,--protect",
    "main,acme/infrastructure=f,--protect",
    "acme/infrastructure=main,acme/infrastructure,OWNER/NAME=FOLDER",
    "acme/infrastructure=main,acme/infrastructure=/no/such/folder,/no/such/folder"
  })
  void whatCannotBeServedEndsWith2(
      String protects, String repository, String named, @TempDir Path folder) {
    Terminal.Result result =
        Terminal.run(
            "git-host",
            "--data",
            folder.resolve("data"),
            "--protect",
            protects,
            repository,
            "--json");

    assertThat(result.code()).as("%s", result).isEqualTo(2);
    assertThat(result.json().at("/errors/0").toString()).contains(named);
  }

  /** What it prints first. */
  private static String address(Process process, Path folder) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (process.isAlive() && Instant.now().isBefore(end)) {
      String printed = Files.readString(folder.resolve("out"));
      if (printed.startsWith(PREFIX) && printed.endsWith("\n")) {
        return printed.strip().substring(PREFIX.length());
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("it said no address: " + Files.readString(folder.resolve("out")));
  }
}
