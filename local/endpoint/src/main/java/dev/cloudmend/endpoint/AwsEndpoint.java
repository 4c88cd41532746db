package dev.cloudmend.endpoint;

import dev.cloudmend.emulators.Emulator;
import dev.cloudmend.emulators.EmulatorException;
import dev.cloudmend.emulators.EmulatorKind;
import dev.cloudmend.emulators.EmulatorSettings;
import dev.cloudmend.emulators.LocalDynamoDb;
import dev.cloudmend.endpoint.account.AccountSwitches;
import dev.cloudmend.endpoint.account.AssumeRoleGuard;
import dev.cloudmend.endpoint.account.SandboxControls;
import dev.cloudmend.endpoint.account.TableSettings;
import dev.cloudmend.endpoint.events.EventBridge;
import dev.cloudmend.endpoint.events.EventSettings;
import dev.cloudmend.endpoint.front.Addresses;
import dev.cloudmend.endpoint.front.Dispatcher;
import dev.cloudmend.endpoint.front.EmulatorUpstream;
import dev.cloudmend.endpoint.front.Front;
import dev.cloudmend.endpoint.front.FrontException;
import dev.cloudmend.endpoint.lambda.LambdaService;
import dev.cloudmend.endpoint.lambda.LambdaSettings;
import dev.cloudmend.endpoint.states.StepFunctions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One address on 127.0.0.1 for the ordinary tools: {@code aws --endpoint-url}, Terraform, the SDKs.
 * An emulator runs behind it; what it lacks is answered here.
 */
public final class AwsEndpoint implements AutoCloseable {

  /** What to close, the last started first. */
  private final Deque<AutoCloseable> started;

  private final Emulator emulator;
  private final Front front;
  private final Set<String> answeredHere;

  private AwsEndpoint(
      Deque<AutoCloseable> started, Emulator emulator, Front front, Set<String> answeredHere) {
    this.started = started;
    this.emulator = emulator;
    this.front = front;
    this.answeredHere = answeredHere;
  }

  /**
   * How to start.
   *
   * @param port on 127.0.0.1, 0 for a free one
   * @param data what outlives a restart: tables, executions, account switches. The emulator's own
   *     resources do not
   */
  public record Settings(int port, Path data, EmulatorKind kind, EmulatorSettings emulator) {}

  /**
   * How it stands.
   *
   * @param emulator with its version
   * @param answeredHere {@code service:Operation} of each call that the emulator does not get
   */
  public record Status(
      URI endpoint,
      String emulator,
      URI emulatorAddress,
      boolean emulatorAlive,
      Set<String> answeredHere) {}

  /**
   * What services that run here are given.
   *
   * @param data a folder of their own making
   * @param endpoint this endpoint's address, known once it listens
   */
  record Surroundings(
      Upstream upstream, ExecutionStarter executions, Supplier<URI> endpoint, Path data) {}

  /**
   * Services beside Step Functions and the account's switches.
   *
   * @param begin called once the endpoint listens
   * @param toClose the last one first
   */
  record Services(
      FunctionCaller functions,
      EventSink events,
      List<AnsweredHere> answered,
      List<Watching> watching,
      Runnable begin,
      List<AutoCloseable> toClose) {}

  /** Makes them. */
  interface Maker {
    Services make(Surroundings surroundings);
  }

  /**
   * Starts the emulator and what runs before it, and goes on with what the data folder holds.
   *
   * @throws EmulatorException when the emulator or DynamoDB Local cannot be had
   * @throws FrontException when the port cannot be had
   */
  public static AwsEndpoint start(Settings settings) {
    return start(settings, around -> deployed(settings.emulator().progress(), around));
  }

  private static Services deployed(Consumer<String> log, Surroundings around) {
    Path data = around.data();
    var functions =
        new LambdaService(
            LambdaSettings.of(data.resolve("lambda"), around.endpoint(), log), around.upstream());
    var events =
        new EventBridge(
            EventSettings.of(data.resolve("events"), log),
            around.upstream(),
            around.executions(),
            functions);
    return new Services(
        functions,
        events,
        List.of(functions, events),
        List.of(functions.watching(), events.watching()),
        () -> {
          functions.begin();
          events.begin();
        },
        List.of(functions, events));
  }

  static AwsEndpoint start(Settings settings, Maker maker) {
    Deque<AutoCloseable> started = new ArrayDeque<>();
    try {
      return start(settings, maker, started);
    } catch (RuntimeException e) {
      closeAll(started, e);
      throw e;
    }
  }

  private static AwsEndpoint start(Settings settings, Maker maker, Deque<AutoCloseable> started) {
    LocalDynamoDb tables = LocalDynamoDb.inFolder(settings.data().resolve("tables"));
    started.push(tables);
    Emulator emulator = settings.kind().start(settings.emulator());
    started.push(emulator);
    var addresses = new Addresses(emulator.endpoint(), emulator.name(), tables.endpoint());
    EmulatorUpstream upstream = EmulatorUpstream.open(addresses);
    started.push(upstream);

    var frontAddress = new CompletableFuture<URI>();
    var executions = new CompletableFuture<StepFunctions>();
    Services services =
        maker.make(
            new Surroundings(
                upstream,
                (machine, name, input) -> executions.join().start(machine, name, input),
                frontAddress::join,
                settings.data()));
    services.toClose().forEach(started::push);
    StepFunctions states =
        StepFunctions.start(
            settings.data().resolve("executions"),
            services.functions(),
            upstream,
            services.events());
    started.push(states);
    executions.complete(states);

    List<AnsweredHere> answered = new ArrayList<>(services.answered());
    answered.add(states);
    answered.add(new AccountSwitches(upstream, settings.data()));
    answered.add(new AssumeRoleGuard(upstream));
    answered.add(new SandboxControls(upstream, services.events()));
    answered.add(new TableSettings(upstream, settings.data()));
    var dispatcher = new Dispatcher(answered, services.watching(), upstream);
    Front front = Front.start(settings.port(), dispatcher, addresses);
    started.push(front);
    frontAddress.complete(front.endpoint());
    services.begin().run();
    return new AwsEndpoint(started, emulator, front, dispatcher.answeredHere());
  }

  /** Where tools reach it, such as {@code http://127.0.0.1:4566}. */
  public URI endpoint() {
    return front.endpoint();
  }

  /** How it stands now. */
  public Status status() {
    return new Status(
        front.endpoint(), emulator.name(), emulator.endpoint(), emulator.alive(), answeredHere);
  }

  /** Stops all that was started. */
  @Override
  public void close() {
    var failure = new IllegalStateException("The endpoint could not be stopped in good order");
    closeAll(started, failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private static void closeAll(Deque<AutoCloseable> parts, Exception failure) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }
}
