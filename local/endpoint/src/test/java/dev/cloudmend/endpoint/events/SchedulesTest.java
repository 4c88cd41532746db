package dev.cloudmend.endpoint.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.model.Json;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulesTest {

  private static final String BUS = FakeAccounts.ACCOUNT + "/eu-west-1/default";

  @TempDir Path folder;

  private final FakeAccounts aws = new FakeAccounts();
  private final List<String> log = new ArrayList<>();
  private final List<AcceptedEvent> fired = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private Schedules open() {
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    var settings = new EventSettings(folder, clock, n -> Duration.ZERO, List.of(), log::add);
    return new Schedules(new Rules(aws, log::add), settings, (event, rule) -> fired.add(event));
  }

  @Test
  void aRateFiresOncePerPeriod() {
    aws.rule(BUS, "sweep", Json.object().put("ScheduleExpression", "rate(1 hour)"));
    Schedules schedules = open();
    schedules.remember(FakeAccounts.ACCOUNT, "eu-west-1");

    schedules.tick();
    now = now.plus(Duration.ofMinutes(59));
    schedules.tick();
    assertThat(fired).isEmpty();
    now = now.plus(Duration.ofMinutes(1));
    schedules.tick();
    schedules.tick();

    assertThat(fired).hasSize(1);
    assertThat(fired.getFirst().event().without("id").toString())
        .isEqualTo(
            """
            {"version":"0","detail-type":"Scheduled Event","source":"aws.events",\
            "account":"123456789012","time":"2026-01-01T01:00:00Z","region":"eu-west-1",\
            "resources":["arn:aws:events:eu-west-1:123456789012:rule/sweep"],"detail":{}}""");
    now = now.plus(Duration.ofHours(5));
    schedules.tick();
    assertThat(fired).hasSize(2);
  }

  @Test
  void whereSchedulesAreOutlivesTheProcess() {
    aws.rule(BUS, "sweep", Json.object().put("ScheduleExpression", "rate(1 minute)"));
    open().remember(FakeAccounts.ACCOUNT, "eu-west-1");

    Schedules schedules = open();
    schedules.tick();
    now = now.plus(Duration.ofMinutes(1));
    schedules.tick();

    assertThat(fired).hasSize(1);
  }

  @Test
  void aCronIsSaidToBeNotRun() {
    aws.rule(BUS, "sweep", Json.object().put("ScheduleExpression", "cron(0 * * * ? *)"));
    Schedules schedules = open();
    schedules.remember(FakeAccounts.ACCOUNT, "eu-west-1");

    schedules.tick();
    now = now.plus(Duration.ofDays(2));
    schedules.tick();

    assertThat(fired).isEmpty();
    assertThat(log)
        .containsExactly(
            "arn:aws:events:eu-west-1:123456789012:rule/sweep is not run here:"
                + " cron(0 * * * ? *) is no rate");
  }
}
