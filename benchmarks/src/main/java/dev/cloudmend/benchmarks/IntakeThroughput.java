package dev.cloudmend.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.intake.Intake;
import dev.cloudmend.intake.Resources;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Events a second through Intake alone, on one thread and on two: the samples of {@code events/} in
 * turns, each as a tree that has been read already, and as the text that it comes as.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class IntakeThroughput {

  /** What all threads share, as all events of a warm function do. */
  @State(Scope.Benchmark)
  public static class Samples {

    private final Intake intake = new Intake(Catalogue.standard(), Set.of(), Set.of());
    private final List<String> texts = texts();
    private final List<ObjectNode> trees = texts.stream().map(Json::parseObject).toList();

    private static List<String> texts() {
      Path folder = Path.of(System.getProperty("cloudmend.root", "."), "events");
      try (var files = Files.find(folder, 2, (file, is) -> is.isRegularFile())) {
        return files
            .filter(file -> folder.relativize(file).getNameCount() == 2)
            .filter(file -> file.toString().endsWith(".json"))
            .sorted()
            .map(IntakeThroughput::text)
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Whose turn it is, for each thread by itself. */
  @State(Scope.Thread)
  public static class Turn {

    private int next;

    private int of(int size) {
      next = next + 1 < size ? next + 1 : 0;
      return next;
    }
  }

  /** An event that has been read. */
  @Benchmark
  public Resources tree(Samples samples, Turn turn) {
    return samples.intake.read(samples.trees.get(turn.of(samples.trees.size())), RunOptions.NONE);
  }

  /** An event as it comes. */
  @Benchmark
  public Resources text(Samples samples, Turn turn) {
    String text = samples.texts.get(turn.of(samples.texts.size()));
    return samples.intake.read(Json.parseObject(text), RunOptions.NONE);
  }

  /** Runs both on one thread and on two, and prints events a second. */
  public static void main(String[] arguments) throws RunnerException {
    var results = new ArrayList<String>();
    for (int threads : List.of(1, 2)) {
      for (RunResult result : run(threads)) {
        results.add(
            "%-6s %8d %12.0f %12.0f"
                .formatted(
                    result.getPrimaryResult().getLabel(),
                    threads,
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreError()));
      }
    }
    System.out.printf("%-6s %8s %12s %12s%n", "event", "threads", "events/s", "+-");
    results.forEach(System.out::println);
  }

  private static Collection<RunResult> run(int threads) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(IntakeThroughput.class.getSimpleName())
            .threads(threads)
            .forks(1)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(2))
            .jvmArgsAppend("-Dcloudmend.root=" + System.getProperty("cloudmend.root", "."))
            .verbosity(VerboseMode.SILENT)
            .build();
    return new Runner(options).run();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
