package dev.cloudmend.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsClients;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.local.EventFile;
import dev.cloudmend.local.IncidentReport;
import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.RunSettings;
import dev.cloudmend.local.Suite;
import dev.cloudmend.local.TargetAccount;
import dev.cloudmend.local.sandbox.TemporarySandbox;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.s3.BucketBlockPublicAccess;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Times one event through the warm suite: to a plan, and to a verified fix; beside them a bare
 * assessment of the same kind of bucket, which is the emulator's share. Each line is of fresh
 * buckets; the three kinds take turns, so that a machine that slows down slows all of them.
 */
public final class EventToFix {

  /** With the counted ones no more than the budget of live changes allows in an hour. */
  private static final int WARM_UP = 10;

  private static final int COUNTED = 40;

  private EventToFix() {}

  public static void main(String[] arguments) {
    System.setProperty("log4j2.configurationFile", "log4j2-local.xml");
    try (TemporarySandbox sandbox = TemporarySandbox.start(EventToFix::progress)) {
      measure(sandbox);
    }
  }

  private static void measure(TemporarySandbox sandbox) {
    URI endpoint = sandbox.endpoint();
    var target = new TargetAccount(Optional.of(endpoint), "us-east-1", Optional.empty());
    var connection = new AwsConnection(Optional.of(endpoint), "us-east-1", Optional.empty());
    ProjectFiles files = ProjectFiles.ofLauncher();
    var assess = new ArrayList<Long>();
    var plan = new ArrayList<Long>();
    var fix = new ArrayList<Long>();
    try (WritingClients seed = WritingClients.open(connection);
        AwsClients clients = AwsClients.open(connection);
        Suite dry =
            Suite.open(
                files,
                target,
                sandbox.data().resolveSibling("dry"),
                RunSettings.of(false),
                EventToFix::progress);
        Suite live =
            Suite.open(
                files,
                target,
                sandbox.data().resolveSibling("live"),
                RunSettings.of(true),
                EventToFix::progress)) {
      var playbook = new BucketBlockPublicAccess();
      for (int round = 0; round < WARM_UP + COUNTED; round++) {
        boolean isCounted = round >= WARM_UP;
        String bucket = "benchmark-" + round;
        seed.writer()
            .write(
                new ApiCall(
                    "s3", "CreateBucket", "us-east-1", Json.object().put("Bucket", bucket)));
        var resource =
            new ResourceRef(Arn.parse("arn:aws:s3:::" + bucket), "123456789012", "us-east-1");
        time(
            isCounted ? assess : new ArrayList<>(),
            i -> playbook.assess(resource, Baselines.DEFAULT, clients.readOnly()));
        time(isCounted ? plan : new ArrayList<>(), i -> run(dry, bucket, Outcome.PLANNED));
        time(isCounted ? fix : new ArrayList<>(), i -> run(live, bucket, Outcome.REMEDIATED));
      }
    }
    System.out.printf("%-24s %8s %8s %8s %10s%n", "milliseconds", "p50", "p90", "max", "to assess");
    print("bare assessment", assess, assess);
    print("event to plan", plan, assess);
    print("event to verified fix", fix, assess);
  }

  private static void progress(String line) {
    System.err.println(line);
  }

  private static void time(List<Long> into, IntConsumer work) {
    long begin = System.nanoTime();
    work.accept(0);
    into.add(System.nanoTime() - begin);
  }

  private static void run(Suite suite, String bucket, Outcome expected) {
    ObjectNode event =
        Json.parseObject(
            """
            {"version":"0","id":"%s","detail-type":"Test Failed","source":"vanta.compliance","account":"123456789012",
             "time":"2026-11-20T10:00:00Z","region":"us-east-1","resources":[],
             "detail":{"test_name":"s3-bucket-block-public-access","resource_arn":"arn:aws:s3:::%s"}}
            """
                .formatted(bucket, bucket));
    List<IncidentReport> reports =
        suite.run(new EventFile.Located("benchmark", "", event), RunOptions.NONE);
    if (reports.getFirst().outcome() != expected) {
      throw new IllegalStateException("expected " + expected + ", saw " + reports);
    }
  }

  private static void print(String name, List<Long> nanos, List<Long> base) {
    System.out.printf(
        "%-24s %8.1f %8.1f %8.1f %9.1fx%n",
        name,
        percentile(nanos, 50) / 1e6,
        percentile(nanos, 90) / 1e6,
        Collections.max(nanos) / 1e6,
        percentile(nanos, 50) / percentile(base, 50));
  }

  private static double percentile(List<Long> values, int percent) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}
