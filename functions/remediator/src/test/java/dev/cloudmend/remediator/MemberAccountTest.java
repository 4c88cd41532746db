package dev.cloudmend.remediator;

import static dev.cloudmend.remediator.MemberDesk.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Json;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.store.Intent;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.RecordedRequest;
import dev.cloudmend.testing.RecordingProxy;
import dev.cloudmend.testing.WithEmulatedAccount;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The function as it is deployed, and accounts that are not its own. */
@WithEmulatedAccount
class MemberAccountTest {

  private static final String READ_ROLE = "arn:aws:iam::222222222222:role/guard-member-read";
  private static final String WRITE_ROLE = "arn:aws:iam::222222222222:role/guard-member-write";

  @RegisterExtension final FreshStore tables = new FreshStore();

  private final EmulatedAccount own;
  private final MemberDesk desk;
  private final RecordingProxy proxy;

  MemberAccountTest(EmulatedAccount own) {
    own.reset();
    this.own = own;
    this.desk = new MemberDesk(own, tables);
    this.proxy = RecordingProxy.inFrontOf(own.endpoint());
  }

  @AfterEach
  void close() {
    proxy.close();
    desk.close();
  }

  @Test
  void aBucketOfAMemberIsFixedThroughTheRoleToWriteAndReadThroughTheRoleToRead() throws Exception {
    IncidentState state = desk.bucket(MEMBER, "reports");

    JsonNode after = call("apply", Json.toTree(state), true);

    assertThat(after.path("outcome").asText()).isEqualTo("REMEDIATED");
    assertThat(desk.observe(state)).isEqualTo(desk.change(state).after());
    assertThat(requests("sts:AssumeRole"))
        .extracting(r -> r.parameter("RoleArn"))
        .containsExactly(READ_ROLE, WRITE_ROLE);
    assertThat(requests("sts:AssumeRole"))
        .allMatch(r -> r.parameter("ExternalId").equals(MemberDesk.EXTERNAL_ID))
        .allMatch(r -> r.parameter("RoleSessionName").equals("cloudmend-remediator"));
    Set<String> ownKey = keys(requests("sts:AssumeRole"));
    Set<String> readKeys = keys(requests("s3:Get"));
    Set<String> writeKeys = keys(requests("s3:Put"));
    assertThat(readKeys).hasSize(1).doesNotContainAnyElementsOf(ownKey);
    assertThat(writeKeys)
        .hasSize(1)
        .doesNotContainAnyElementsOf(ownKey)
        .doesNotContainAnyElementsOf(readKeys);
  }

  @Test
  void aSecurityGroupOfAMemberIsFixedInItsRegionAndTheFixTakenBack() throws Exception {
    IncidentState state = desk.openGroup(MEMBER, "eu-west-1");

    assertThat(call("apply", Json.toTree(state), true).path("outcome").asText())
        .isEqualTo("REMEDIATED");
    assertThat(desk.observe(state)).isEqualTo(desk.change(state).after());
    assertThat(requests("ec2:"))
        .isNotEmpty()
        .allMatch(r -> r.header("Authorization").contains("/eu-west-1/ec2/"));

    proxy.clear();
    ObjectNode undo = Json.object();
    undo.put("incidentId", state.incidentId()).put("by", "ana");
    assertThat(call("undo", undo, true).path("outcome").asText()).isEqualTo("UNDONE");
    assertThat(keys(requests("ec2:Authorize")))
        .hasSize(1)
        .doesNotContainAnyElementsOf(keys(requests("sts:AssumeRole")));
  }

  @Test
  void theOwnAccountIsFixedWithoutARole() throws Exception {
    IncidentState state = desk.bucket(own.accountId(), "reports");

    JsonNode after = call("apply", Json.toTree(state), true);

    assertThat(after.path("outcome").asText()).isEqualTo("REMEDIATED");
    assertThat(requests("sts:AssumeRole")).isEmpty();
    assertThat(requests("secretsmanager:")).isEmpty();
  }

  @Test
  void aRoleToWriteThatIsRefusedIsBlockedBeforeBudgetAndIntent() throws Exception {
    IncidentState state = desk.bucket(MEMBER, "reports");
    proxy.failAlways(r -> r.parameter("RoleArn").equals(WRITE_ROLE), 403, "AccessDenied");

    JsonNode after = call("apply", Json.toTree(state), true);

    assertThat(after.path("outcome").asText()).isEqualTo("BLOCKED");
    assertThat(after.path("reason").asText())
        .contains("account " + MEMBER)
        .contains(WRITE_ROLE)
        .contains("AccessDenied")
        .doesNotContain(MemberDesk.EXTERNAL_ID);
    assertThat(requests("s3:Put")).isEmpty();
    assertThat(tables.auditKinds(state.incidentId())).doesNotContain("INTENT");
    assertThat(tables.store().incidents().find(state.incidentId()).orElseThrow().intent()).isNull();
    assertThat(desk.observe(state)).isEqualTo(desk.change(state).before());
  }

  @Test
  void aRoleToReadThatIsRefusedIsBlockedAndNothingIsSentToTheAccount() throws Exception {
    IncidentState state = desk.bucket(MEMBER, "reports");
    proxy.failAlways("sts:AssumeRole", 403, "AccessDenied");

    JsonNode after = call("apply", Json.toTree(state), true);

    assertThat(after.path("outcome").asText()).isEqualTo("BLOCKED");
    assertThat(after.path("reason").asText()).contains(READ_ROLE);
    assertThat(proxy.requests())
        .extracting(RecordedRequest::name)
        .containsExactly(
            "sts:GetCallerIdentity", "secretsmanager:GetSecretValue", "sts:AssumeRole");
  }

  @Test
  void anUndoInAnAccountThatIsNoMemberAnyMoreIsBlocked() throws Exception {
    IncidentState state = desk.bucket(MEMBER, "reports");
    call("apply", Json.toTree(state), true);
    proxy.clear();
    var settings = desk.settings(proxy.endpoint(), true);
    settings.remove("cloudmend.members");
    ObjectNode undo = Json.object();
    undo.put("incidentId", state.incidentId()).put("by", "ana");

    JsonNode after = call("undo", undo, settings);

    assertThat(after.path("outcome").asText()).isEqualTo("BLOCKED");
    assertThat(after.path("reason").asText()).contains("which is no member account");
    assertThat(proxy.requests())
        .extracting(RecordedRequest::name)
        .containsExactly("sts:GetCallerIdentity");
  }

  @Test
  void aRoleToWriteThatIsNotGivenNowIsAskedForAgain() throws Exception {
    IncidentState state = desk.bucket(MEMBER, "reports");
    proxy.failAlways(r -> r.parameter("RoleArn").equals(WRITE_ROLE), 400, "Throttling");

    assertThatThrownBy(() -> call("apply", Json.toTree(state), true))
        .isExactlyInstanceOf(TryAgainException.class)
        .hasMessageContaining("sts:AssumeRole: Throttling");
    assertThat(requests("s3:Put")).isEmpty();
    assertThat(tables.auditKinds(state.incidentId())).doesNotContain("INTENT");
  }

  @Test
  void aDryRunTakesNoRoleToWriteEvenWhenItIsToldToWrite() throws Exception {
    IncidentState state = desk.bucket(MEMBER, "reports");
    try (ApplicationContext beans =
        ApplicationContext.builder()
            .properties(desk.settings(proxy.endpoint(), false))
            .build()
            .start()) {
      Result result =
          beans
              .getBean(ChangeRunner.class)
              .run(
                  new Order(state.incidentId(), Intent.APPLY, desk.change(state), true, "ana"),
                  Catalogue.standard().byId("s3-bucket-versioning").orElseThrow());

      assertThat(((Result.Failed) result).problem().type()).isEqualTo("REFUSED");
    }
    assertThat(proxy.requests()).isEmpty();
  }

  private JsonNode call(String action, JsonNode state, boolean live)
      throws IOException, InterruptedException {
    return call(action, state, desk.settings(proxy.endpoint(), live));
  }

  private static JsonNode call(String action, JsonNode state, Map<String, Object> settings)
      throws IOException {
    ObjectNode input = Json.object();
    input.put("action", action);
    input.put("execution", Scene.EXECUTION);
    input.set("state", state);
    try (var handler = new RemediatorHandler(settings)) {
      return LambdaCall.call(handler, input);
    }
  }

  private List<RecordedRequest> requests(String prefix) {
    return proxy.requests().stream().filter(r -> r.name().startsWith(prefix)).toList();
  }

  private static Set<String> keys(List<RecordedRequest> requests) {
    return requests.stream().map(MemberAccountTest::key).collect(Collectors.toSet());
  }

  private static String key(RecordedRequest request) {
    String authorization = request.header("Authorization");
    int start = authorization.indexOf("Credential=");
    return authorization.substring(start, authorization.indexOf('/', start));
  }
}
