package dev.cloudmend.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.testing.bedrock.BedrockReply;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BedrockTest {

  @Test
  void theBodyThatIsShownIsTheBodyThatIsSent() {
    Prompt<Asking.Told> prompt = Asking.prompt();
    try (FakeBedrock server = FakeBedrock.start()) {
      var bedrock =
          new Bedrock(
              "eu-west-1", Optional.empty(), Optional.of(server.endpoint()), Optional.empty());
      server.replies(BedrockReply.prose("no"));

      try (Claude claude = bedrock.open()) {
        claude.ask(prompt);
      }

      assertThat(bedrock.body(prompt)).isEqualTo(server.lastRequest());
      assertThat(server.requests().getFirst().modelId()).isEqualTo(bedrock.model());
      assertThat(bedrock.model()).startsWith("eu.");
    }
  }

  @Test
  void aConfiguredModelIsUsedAsWritten() {
    assertThat(
            new Bedrock("eu-west-1", Optional.empty(), Optional.empty(), Optional.of("my-model"))
                .model())
        .isEqualTo("my-model");
  }
}
