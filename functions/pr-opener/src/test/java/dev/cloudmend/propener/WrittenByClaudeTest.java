package dev.cloudmend.propener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import dev.cloudmend.testing.functions.FreshStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Claude is asked for a block that no rule mends, where the configuration lets it. */
class WrittenByClaudeTest {

  private static final String UNMENDED =
      """
      locals {
        versioning = { enabled = false }
      }

      resource "aws_s3_bucket" "reports" {
        bucket = "reports"

        versioning {
          enabled = local.versioning.enabled
        }
      }
      """;

  @RegisterExtension final FreshStore tables = new FreshStore();
  @TempDir Path folder;

  private final FakeBedrock bedrock = FakeBedrock.start();
  private Scene scene;

  @BeforeEach
  void repository() {
    scene = new Scene(tables, folder);
    scene.repository.commit("main", Map.of(Scene.FILE, UNMENDED), "All");
    bedrock.answers(request -> Written.answer(request, "local.versioning.enabled", "true"));
  }

  @AfterEach
  void close() {
    scene.close();
    bedrock.close();
  }

  @Test
  void byDefaultNobodyIsAskedAndAPersonHasToDoIt() throws IOException {
    IncidentState end = open();

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(bedrock.requests()).isEmpty();
    assertThat(scene.repository.pulls()).isEmpty();
  }

  @Test
  void whereItIsSwitchedOnItsTextIsADraft() throws IOException {
    scene.write(
        """
        pullRequests:
          claude: true
          repositories:
            - repository: acme/infra
              base: main
              directory: live
        """);

    IncidentState end = open();

    assertThat(end.outcome()).as(end.reason()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
    assertThat(bedrock.requests()).hasSize(1);
    assertThat(scene.only().isDraft()).isTrue();
    assertThat(scene.repository.files(scene.only().head()).get(Scene.FILE))
        .isEqualTo(UNMENDED.replace("local.versioning.enabled", "true"));
  }

  private IncidentState open() throws IOException {
    Map<String, Object> settings = scene.settings(true);
    settings.put("cloudmend.bedrock.endpoint", bedrock.endpoint().toString());
    settings.put("cloudmend.region", "eu-west-1");
    return scene.open(scene.asked("evt-1"), settings);
  }
}
