package dev.cloudmend.propener;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.claude.AskLimits;
import dev.cloudmend.claude.Bedrock;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Diagnosis.ModelCall;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Severity;
import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.GitHub;
import dev.cloudmend.pullrequests.GitHubCredentials;
import dev.cloudmend.pullrequests.PullRequestLimits;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.pullrequests.ResourceMatch;
import dev.cloudmend.sourcefixes.FixRequest;
import dev.cloudmend.sourcefixes.PlaybookText;
import dev.cloudmend.sourcefixes.ProposerSettings;
import dev.cloudmend.sourcefixes.SourceOutcome;
import dev.cloudmend.sourcefixes.SourceProposer;
import dev.cloudmend.terraform.locate.StateResource;
import dev.cloudmend.terraform.locate.Way;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.github.FakeGitHub;
import dev.cloudmend.testing.github.FakeRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A repository with a machine that no rule mends, and Claude to be asked for it. */
final class Written implements AutoCloseable {

  static final String MODEL = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0";
  static final String PATH = "live/main.tf";
  static final String ACCOUNT = "428571428571";

  static final String BLOCK =
      """
      resource "aws_instance" "web" {
        ami           = "ami-1"
        instance_type = "t3.micro"
        key_name      = "key-of-428571428571"
        private_ip    = "10.1.2.3"

        metadata_options {
          http_tokens = local.metadata.tokens
        }
      }""";

  static final String MENDED = BLOCK.replace("local.metadata.tokens", "\"required\"");

  private static final Arn ARN = Arn.parse("arn:aws:ec2:eu-west-1:" + ACCOUNT + ":instance/i-1");

  /** Short, so that a server that fails is given up within the test's time. */
  private static final AskLimits QUICK =
      new AskLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(2),
          3,
          Duration.ofMillis(8));

  final AdvancingClock clock = new AdvancingClock();
  final FakeBedrock bedrock = FakeBedrock.start();
  final FakeGitHub server = FakeGitHub.start(clock);
  final FakeRepository repository = server.repository("acme/infra");
  final List<ModelCall> calls = new ArrayList<>();
  final ClaudeBlockAuthor author =
      new ClaudeBlockAuthor(
          new Bedrock(
                  "eu-west-1", Optional.empty(), Optional.of(bedrock.endpoint()), Optional.empty())
              .open(QUICK),
          true,
          calls::add);
  private final GitHub github =
      new GitHub(
          server.endpoint(),
          GitHubCredentials.token(FakeGitHub.TOKEN),
          Duration.ofSeconds(20),
          clock);
  private final SourceProposer proposer =
      new SourceProposer(
          github,
          new RepositoryMapping(
              List.of(
                  new RepositoryMapping.Entry(
                      ResourceMatch.ALL,
                      new Destination(
                          new RepositoryName("acme", "infra"),
                          Optional.of(new Branch("main")),
                          "live",
                          List.of(),
                          List.of(),
                          PullRequestLimits.DEFAULT)))),
          ProposerSettings.DEFAULT,
          Optional.of(author.authoring()),
          clock);

  /** With this block. */
  static Written with(String block) {
    var written = new Written();
    written.repository.commit("main", Map.of(PATH, file(block)), "First");
    return written;
  }

  static String file(String block) {
    return """
        locals {
          metadata = { tokens = "optional" }
        }

        """
        + block
        + "\n";
  }

  SourceOutcome propose() {
    return proposer.propose(
        new FixRequest(
            "inc-0123456789abcdef0123",
            new Finding(
                "event-1",
                "securityhub",
                "EC2.8",
                "EC2 instances should use IMDSv2",
                Severity.HIGH,
                List.of(),
                new ResourceRef(ARN, ACCOUNT, "eu-west-1"),
                AdvancingClock.START,
                null,
                Json.object()),
            new PlaybookText(
                "ec2-instance-imdsv2",
                "Require IMDSv2",
                "IMDSv1 gives away credentials.",
                List.of()),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            List.of(
                new StateResource(
                    Way.STATE,
                    "aws_instance.web",
                    "aws_instance",
                    Json.object().put("arn", ARN.toString()).put("id", "i-1"))),
            Optional.empty(),
            false));
  }

  /** The data block of the last question. */
  ObjectNode sent() {
    String user = bedrock.lastRequest().at("/messages/0/content/0/text").asText();
    return Json.parseObject(
        user.substring(user.indexOf("<data>") + "<data>".length(), user.indexOf("</data>")));
  }

  /** An answer with the block that was sent, changed in one place. */
  static JsonNode answer(JsonNode request, String own, String other) {
    String user = request.at("/messages/0/content/0/text").asText();
    ObjectNode data =
        Json.parseObject(
            user.substring(user.indexOf("<data>") + "<data>".length(), user.indexOf("</data>")));
    String block = data.path("block").asText();
    if (!block.contains(own)) {
      throw new AssertionError("the block that was sent has no " + own + ": " + block);
    }
    return Json.object()
        .put("target", data.path("target").asText())
        .put("block", block.replace(own, other))
        .put("explanation", "The token is required in the block itself.");
  }

  @Override
  public void close() {
    author.close();
    github.close();
    server.close();
    bedrock.close();
  }
}
