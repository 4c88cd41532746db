package dev.cloudmend.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Target;
import dev.cloudmend.store.Exemption;
import dev.cloudmend.store.ExemptionScope;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExemptionCheckTest {

  private static final String PLAYBOOK = "s3-bucket-versioning";
  private static final String INCIDENT = "inc-1";
  private static final Instant NOW = AdvancingClock.START;

  @RegisterExtension final FreshStore tables = new FreshStore();

  private final Account account = new Account();

  @Test
  void withoutAWordOfAnybodyAViolationMayBeMended() {
    assertThat(find()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:s3:::reports, , , , , true",
    "arn:aws:s3:::reports, , , s3-bucket-versioning, 123456789012, true",
    ", team, , , , true",
    ", team, web, s3-bucket-versioning, , true",
    ", , , s3-bucket-versioning, , true",
    "arn:aws:s3:::reports-2, , , , , false",
    "arn:aws:s3:::reports, , , , 999999999999, false",
    ", , , s3-bucket-tls-only, , false",
    ", team, other, , , false",
    ", owner, , , , false"
  })
  void everyPartOfAnExemptionThatIsGivenHasToFit(
      String resource, String key, String value, String playbook, String of, boolean fits) {
    account.tagged("team", "web");
    add("exc-1", new ExemptionScope(resource, key, value, playbook, of), NOW, NOW.plusSeconds(60));

    assertThat(find().isPresent()).isEqualTo(fits);
    assertThat(tables.store().exemptions().heldBack("exc-1"))
        .isEqualTo(fits ? List.of(INCIDENT) : List.of());
  }

  @Test
  void anExemptionIsToldWithItsAuthorReasonAndEnd() {
    add("exc-1", ofPlaybook(), NOW, NOW.plusSeconds(60));

    Exempt exempt = find().orElseThrow();

    assertThat(exempt.outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(exempt.reason())
        .isEqualTo(
            "exception exc-1 of ana holds until 2026-11-22T10:01:00Z: because\\u001b of the audit");
  }

  @Test
  void itHoldsFromItsBeginningToItsEnd() {
    add("exc-1", ofPlaybook(), NOW.plusSeconds(10), NOW.plusSeconds(20));
    assertThat(find()).isEmpty();

    tables.clock().advance(Duration.ofSeconds(10));
    assertThat(find()).isPresent();

    tables.clock().advance(Duration.ofSeconds(10));
    assertThat(find()).isEmpty();
  }

  @Test
  void ofSeveralTheOneThatEndsLastHoldsTheIncidentBack() {
    add("exc-short", ofPlaybook(), NOW, NOW.plusSeconds(60));
    add("exc-long", ofPlaybook(), NOW, NOW.plusSeconds(600));

    find();

    assertThat(tables.store().exemptions().heldBack("exc-long")).containsExactly(INCIDENT);
    assertThat(tables.store().exemptions().heldBack("exc-short")).isEmpty();
  }

  @Test
  void whatIsExemptWithoutTagsNeedsNone() {
    account.failing(Kind.ACCESS_DENIED);
    add("exc-1", ofPlaybook(), NOW, NOW.plusSeconds(60));

    assertThat(find().orElseThrow().outcome()).isEqualTo(Outcome.IGNORED);
  }

  @Test
  void theOptOutTagIsReadLive() {
    account.tagged("cloudmend:ignore", "static site");
    assertThat(find().orElseThrow().reason()).contains("static site");

    account.tagged("team", "web");
    assertThat(find()).isEmpty();
  }

  @Test
  void theTagsThatWereReadAreHandedOver() {
    account.tagged("team", "web");
    assertThat(ask().tags()).containsExactly(Map.entry("team", "web"));

    account.tagged("cloudmend:ignore", "static site");
    assertThat(ask().exempt()).isPresent();
    assertThat(ask().tags()).containsOnlyKeys("cloudmend:ignore");
  }

  @Test
  void tagsThatWereNotAskedForOrCannotBeReadAreNone() {
    account.tagged("team", "web");
    add("exc-1", ofPlaybook(), NOW, NOW.plusSeconds(60));
    assertThat(ask().tags()).isEmpty();

    tables.store().exemptions().remove("exc-1");
    account.failing(Kind.ACCESS_DENIED);
    assertThat(ask().tags()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"ACCESS_DENIED", "SERVICE", "REFUSED", "INVALID_CALL"})
  void tagsThatCannotBeReadBlock(Kind kind) {
    account.failing(kind);

    Exempt exempt = find().orElseThrow();

    assertThat(exempt.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(exempt.reason()).contains("cloudmend:ignore").contains(kind.name());
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"THROTTLED", "UNREACHABLE"})
  void tagsThatMayBeReadLaterAreNoAnswer(Kind kind) {
    account.failing(kind);

    assertThatThrownBy(this::find).isInstanceOf(AwsCallException.class);
  }

  @Test
  void aResourceWhoseTagsNobodyKnowsHowToReadBlocks() {
    var target =
        new Target(
            "aws",
            SampleIncidents.ACCOUNT,
            "us-east-1",
            Arn.parse("arn:aws:sns:us-east-1:123456789012:topic"));

    assertThat(check().ask(INCIDENT, target, PLAYBOOK, account).exempt().orElseThrow().outcome())
        .isEqualTo(Outcome.BLOCKED);
  }

  private Optional<Exempt> find() {
    return ask().exempt();
  }

  private ExemptionCheck.Answer ask() {
    return check().ask(INCIDENT, SampleIncidents.TARGET, PLAYBOOK, account);
  }

  private ExemptionCheck check() {
    return new ExemptionCheck(tables.store(), tables.clock());
  }

  private static ExemptionScope ofPlaybook() {
    return new ExemptionScope(null, null, null, PLAYBOOK, null);
  }

  private void add(String id, ExemptionScope scope, Instant since, Instant until) {
    tables
        .store()
        .exemptions()
        .add(new Exemption(id, scope, "because\u001b of the audit", "ana", since, until));
  }

  /** One bucket with one tag at most. */
  private static final class Account implements AwsReader {

    private final ObjectNode answer = Json.object();
    private Optional<Kind> failing = Optional.empty();

    void tagged(String key, String value) {
      answer.putArray("TagSet").addObject().put("Key", key).put("Value", value);
    }

    void failing(Kind kind) {
      failing = Optional.of(kind);
    }

    @Override
    public String callerAccount() {
      return SampleIncidents.ACCOUNT;
    }

    @Override
    public ObjectNode read(ApiCall call) {
      failing.ifPresent(
          kind -> {
            throw new AwsCallException(kind, kind.name(), call, "the service says no");
          });
      return answer;
    }

    @Override
    public List<JsonNode> readAll(ApiCall call, String member) {
      throw new AssertionError("a bucket's tags come in one page");
    }
  }
}
