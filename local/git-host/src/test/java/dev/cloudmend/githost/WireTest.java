package dev.cloudmend.githost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests and answers themselves. */
class WireTest {

  private static final String REPOSITORY = "/repos/acme/infra";
  private static final String UNKNOWN = "0123456789012345678901234567890123456789";

  @TempDir private Path folder;
  private Workshop shop;
  private Wire wire;

  @BeforeEach
  void open() {
    shop = Workshop.of(folder, "release/*");
    wire = new Wire(shop.host.address());
  }

  @AfterEach
  void close() {
    shop.close();
    assertThat(shop.git.run("fsck", "--strict", "--no-dangling")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/repos/acme/other",
        "/repos/acme/infra/",
        "/repos/acme/infra/pulls/7",
        "/repos/acme/infra/pulls/0",
        "/repos/acme/infra/pulls/99999999999",
        "/repos/acme/infra/git/ref/heads/none",
        "/repos/acme/infra/git/ref/heads/%2e%2e/%2e%2e/config",
        "/repos/acme/infra/git/commits/" + UNKNOWN,
        "/repos/acme/infra/git/commits/main",
        "/repos/acme/infra/git/trees/" + UNKNOWN,
        "/repos/acme/infra/git/blobs/" + UNKNOWN,
        "/repos/acme/infra/git/blobs/..%2f..%2fHEAD",
        "/acme/infra/pull/7",
        "/acme/other/pull/1",
        "/",
        "/user"
      })
  void whatIsNotThereIsNotFoundInGitHubsWords(String path) {
    Wire.Got got = wire.get(path);

    assertThat(got.status()).isEqualTo(404);
    assertThat(got.json())
        .isEqualTo(
            Json.parse(
                """
                {"message": "Not Found", "documentation_url": "https://docs.github.com/rest"}
                """));
  }

  @Test
  void aBranchThatIsNotThereHasItsOwnWords() {
    Wire.Got got = wire.get(REPOSITORY + "/branches/none");

    assertThat(got.status()).isEqualTo(404);
    assertThat(got.message()).isEqualTo("Branch not found");
  }

  @Test
  void namesOfRepositoriesKnowNoCase() {
    assertThat(wire.get("/repos/ACME/Infra").json().path("full_name").asText())
        .isEqualTo("acme/infra");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {              | 400 | Problems parsing JSON
          []             | 400 | Body should be a JSON object
          {"a":1,"a":2}  | 400 | Problems parsing JSON
          {}             | 422 | Validation Failed
          {"tree": []}   | 422 | Validation Failed
          {"tree": [7]}  | 422 | Validation Failed
          """)
  void aBodyThatIsNoneIsRefused(String body, int status, String message) {
    Wire.Got got = wire.post(REPOSITORY + "/git/trees", body);

    assertThat(got.status()).isEqualTo(status);
    assertThat(got.message()).isEqualTo(message);
  }

  @Test
  void aBodyThatIsTooLongIsRefused() {
    byte[] spaces = new byte[ApiHandler.LARGEST_BODY + 1];
    Arrays.fill(spaces, (byte) ' ');

    assertThat(
            wire.send(
                    "POST",
                    REPOSITORY + "/labels",
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(spaces)),
                    "Bearer any")
                .status())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "Basic YTpi", "token"})
  void whoBringsNoTokenIsToldSo(String authorization) {
    Wire.Got got = wire.send("GET", REPOSITORY, BodyPublishers.noBody(), authorization);

    assertThat(got.status()).isEqualTo(401);
    assertThat(got.message()).isEqualTo("Requires authentication");
  }

  @Test
  void whereOneTokenIsRequiredNoOtherIsTaken() {
    try (GitHost strict =
        GitHost.start(
            folder.resolve("strict"),
            List.of(Hosted.of("acme/infra", shop.git.folder().toString())),
            Optional.of("the-one"),
            Clock.systemUTC())) {
      Wire strictly = new Wire(strict.address());

      assertThat(strictly.get(REPOSITORY).message()).isEqualTo("Bad credentials");
      assertThat(
              strictly.send("GET", REPOSITORY, BodyPublishers.noBody(), "Bearer the-one").status())
          .isEqualTo(200);
    }
  }

  @Test
  void anotherHostsNameIsNotAnswered() throws IOException {
    assertThat(raw("/acme/infra/pull/1", "evil.example")).startsWith("HTTP/1.1 421 ");
  }

  @Test
  void aPathWithABrokenEscapeIsRefused() throws IOException {
    assertThat(raw("/%zz/infra/pull/1", "127.0.0.1")).startsWith("HTTP/1.1 400 ");
    assertThat(raw("/%u0041/infra/pull/1", "127.0.0.1")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void aQueryWithABrokenEscapeIsRefused() throws IOException {
    assertThat(raw("/acme/infra/pull/1?x=%zz", "127.0.0.1")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void refsAreRefusedInGitHubsWords() {
    String main = shop.git.head("main");
    wire.post(REPOSITORY + "/git/refs", ref("x/y", main));

    assertThat(wire.post(REPOSITORY + "/git/refs", ref("x/y", main)))
        .matches(g -> g.status() == 422 && g.message().equals("Reference already exists"));
    assertThat(wire.post(REPOSITORY + "/git/refs", ref("x", main)))
        .matches(g -> g.status() == 422 && g.message().contains("in its way"));
    assertThat(wire.post(REPOSITORY + "/git/refs", ref("a..b", main)))
        .matches(g -> g.status() == 422 && g.message().equals("Reference name is invalid"));
    assertThat(wire.post(REPOSITORY + "/git/refs", ref("z", UNKNOWN)))
        .matches(g -> g.status() == 422 && g.message().equals("Object does not exist"));
    assertThat(
            wire.post(
                REPOSITORY + "/git/refs",
                "{\"ref\": \"refs/tags/v1\", \"sha\": \"%s\"}".formatted(main)))
        .matches(g -> g.status() == 422);
    assertThat(wire.post(REPOSITORY + "/git/refs", ref("release/1", main)))
        .matches(g -> g.status() == 422 && g.message().startsWith("Repository rule violations"));
    assertThat(move("none", main, false))
        .matches(g -> g.status() == 422 && g.message().equals("Reference does not exist"));
    assertThat(shop.git.branches()).containsExactly("main", "x/y");
  }

  @Test
  void aMoveBackNeedsForce() {
    String main = shop.git.head("main");
    wire.post(REPOSITORY + "/git/refs", ref("x", wire.commit(main, "One")));

    assertThat(move("x", main, false).message()).isEqualTo("Update is not a fast forward");
    assertThat(move("x", main, true).status()).isEqualTo(200);
    assertThat(shop.git.head("x")).isEqualTo(main);
  }

  @Test
  void theDefaultBranchIsMovedByNobodyNotEvenByAnotherName() {
    String main = shop.git.head("main");
    String next = wire.commit(main, "One");
    shop.git.run("symbolic-ref", "refs/heads/alias", "refs/heads/main");

    assertThat(move("main", next, true).message()).startsWith("Repository rule violations found");
    assertThat(move("alias", next, true).message()).startsWith("Repository rule violations found");
    assertThat(shop.git.head("main")).isEqualTo(main);
  }

  @Test
  void pullRequestsAreRefusedInGitHubsWords() {
    String main = shop.git.head("main");
    wire.post(REPOSITORY + "/git/refs", ref("x", wire.commit(main, "One")));
    wire.post(REPOSITORY + "/git/refs", ref("same", main));
    wire.post(REPOSITORY + "/pulls", pull("x", "main", "One"));

    assertThat(wire.post(REPOSITORY + "/pulls", pull("acme:x", "main", "Two")))
        .matches(g -> g.status() == 422)
        .matches(g -> g.error().equals("A pull request already exists for acme:x."));
    assertThat(wire.post(REPOSITORY + "/pulls", pull("same", "main", "Two")).error())
        .isEqualTo("No commits between main and same");
    assertThat(wire.post(REPOSITORY + "/pulls", pull("none", "main", "Two")).error())
        .isEqualTo("head is not a branch");
    assertThat(wire.post(REPOSITORY + "/pulls", pull("x", "none", "Two")).error())
        .isEqualTo("base is not a branch");
    assertThat(wire.post(REPOSITORY + "/pulls", pull("x", "same", "t".repeat(257))).error())
        .contains("too long");
    assertThat(wire.patch(REPOSITORY + "/pulls/1", "{\"title\": 7}").status()).isEqualTo(422);
    assertThat(shop.only().title()).isEqualTo("One");
  }

  @Test
  void aLabelIsMadeOnce() {
    assertThat(wire.post(REPOSITORY + "/labels", "{\"name\": \"s3\"}").status()).isEqualTo(201);
    assertThat(wire.post(REPOSITORY + "/labels", "{\"name\": \"s3\"}"))
        .matches(g -> g.status() == 422)
        .matches(g -> g.json().at("/errors/0/code").asText().equals("already_exists"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "/x", "a//b", ".git/config", "a/.GIT/hooks/x", "a/./b", "", "a/", "a\0b"})
  void aPathThatLeavesTheSourceIsRefused(String path) {
    var body = Json.object().put("base_tree", shop.git.run("rev-parse", "main^{tree}"));
    body.putArray("tree").addObject().put("path", path).put("mode", "100644").put("content", "x");

    assertThat(wire.post(REPOSITORY + "/git/trees", body.toString()).status()).isEqualTo(422);
  }

  @Test
  void whatIsNotThereCannotBeDeleted() {
    String body =
        """
        {"base_tree": "%s",
         "tree": [{"path": "none/x", "mode": "100644", "type": "blob", "sha": null}]}
        """
            .formatted(shop.git.run("rev-parse", "main^{tree}"));

    assertThat(wire.post(REPOSITORY + "/git/trees", body))
        .matches(g -> g.status() == 422 && g.message().equals("GitRPC::BadObjectState"));
  }

  @Test
  void aListNamesPagesStatesAndHeads() {
    String main = shop.git.head("main");
    for (String name : List.of("a", "b", "c")) {
      wire.post(REPOSITORY + "/git/refs", ref(name, wire.commit(main, name)));
      wire.post(REPOSITORY + "/pulls", pull(name, "main", name));
    }
    wire.patch(REPOSITORY + "/pulls/2", "{\"state\": \"closed\"}");

    assertThat(numbers("")).containsExactly(3, 1);
    assertThat(numbers("?state=closed")).containsExactly(2);
    assertThat(numbers("?state=all&per_page=2&page=1")).containsExactly(3, 2);
    assertThat(numbers("?state=all&per_page=2&page=2")).containsExactly(1);
    assertThat(numbers("?state=all&direction=asc")).containsExactly(1, 2, 3);
    assertThat(numbers("?head=acme%3Ac")).containsExactly(3);
    assertThat(numbers("?head=other%3Ac&per_page=x&page=-1")).isEmpty();
    assertThat(numbers("?base=none")).isEmpty();
  }

  @Test
  void anEmptyPatchOrOneOfTheTextChangesNothingElse() {
    wire.post(REPOSITORY + "/git/refs", ref("x", wire.commit(shop.git.head("main"), "One")));
    wire.post(REPOSITORY + "/pulls", pull("x", "main", "One"));
    HostedPullRequest before = shop.only();

    wire.patch(REPOSITORY + "/pulls/1", "{}");
    assertThat(shop.only()).isEqualTo(before);

    wire.patch(REPOSITORY + "/pulls/1", "{\"title\": \"Two\"}");
    assertThat(shop.only()).isEqualTo(before.withText("Two", before.body()));
  }

  @Test
  void thePageShowsTheDiffAndNoMarkupOrControlCharacterWorks() {
    shop.pullRequests.propose(shop.fix());
    wire.patch(
        REPOSITORY + "/pulls/1",
        Json.object().put("title", "<script>\u001b[2J").put("body", "a\u202eb\r\nc").toString());

    Wire.Got page = wire.send("GET", "/acme/infra/pull/1", BodyPublishers.noBody(), "");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.type()).isEqualTo("text/plain; charset=utf-8");
    assertThat(page.body())
        .startsWith("acme/infra #1  <script>\\u001b[2J\nOPEN, cloudmend/s3-bucket-versioning/")
        .contains("a\\u202eb\nc\n")
        .contains("\n+# versioned\n")
        .doesNotContain("\u001b", "\u202e", "\r");
    assertThat(shop.git.run("config", "branch." + Workshop.HEAD + ".description"))
        .startsWith("<script>\\u001b[2J\n\na\\u202eb");
  }

  @Test
  void thePageOfAMergedOneStillShowsItsDiff() {
    shop.pullRequests.propose(shop.fix());
    shop.git.run("merge", "-q", Workshop.HEAD.name());

    assertThat(wire.get("/acme/infra/pull/1").body())
        .contains("MERGED, ")
        .contains("\n+# versioned\n");
  }

  @Test
  void anAppGetsATokenForItsInstallation() {
    long id = wire.get(REPOSITORY + "/installation").json().path("id").asLong();

    JsonNode given =
        wire.post("/app/installations/" + id + "/access_tokens", "{\"repositories\": [\"infra\"]}")
            .json();

    assertThat(given.path("token").asText()).isNotEmpty();
    assertThat(given.path("expires_at").asText()).isEqualTo("2026-11-22T11:00:00Z");
  }

  private String raw(String path, String host) throws IOException {
    try (Socket socket =
        new Socket(
            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), shop.host.address().getPort())) {
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Wire.Got move(String branch, String sha, boolean isForced) {
    return wire.patch(
        REPOSITORY + "/git/refs/heads/" + branch,
        Json.object().put("sha", sha).put("force", isForced).toString());
  }

  private List<Integer> numbers(String query) {
    return wire.get(REPOSITORY + "/pulls" + query).json().findValues("number").stream()
        .map(JsonNode::asInt)
        .toList();
  }

  private static String ref(String branch, String sha) {
    return Json.object().put("ref", "refs/heads/" + branch).put("sha", sha).toString();
  }

  private static String pull(String head, String base, String title) {
    return Json.object().put("head", head).put("base", base).put("title", title).toString();
  }
}
