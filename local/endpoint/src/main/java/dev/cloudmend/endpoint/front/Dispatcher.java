package dev.cloudmend.endpoint.front;

import dev.cloudmend.endpoint.AnsweredHere;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.endpoint.Watching;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Knows which calls are answered here, which are watched, and sends all others on. */
public final class Dispatcher {

  private final Map<String, AnsweredHere> answering = new HashMap<>();
  private final Map<String, List<Watching>> watching = new HashMap<>();
  private final Set<String> services = new HashSet<>();
  private final Upstream upstream;

  /**
   * Puts it together.
   *
   * @throws IllegalArgumentException when two want to answer the same operation
   */
  public Dispatcher(List<AnsweredHere> answered, List<Watching> watchers, Upstream upstream) {
    this.upstream = upstream;
    for (AnsweredHere here : answered) {
      for (String operation : here.operations()) {
        if (answering.put(operation, here) != null) {
          throw new IllegalArgumentException(operation + " is answered twice");
        }
      }
    }
    for (Watching watcher : watchers) {
      for (String operation : watcher.operations()) {
        watching.computeIfAbsent(operation, name -> new ArrayList<>()).add(watcher);
      }
    }
    answering.keySet().forEach(this::remember);
    watching.keySet().forEach(this::remember);
  }

  private void remember(String operation) {
    services.add(operation.substring(0, operation.indexOf(':')));
  }

  /** {@code service:Operation} of each call that is answered here. */
  public Set<String> answeredHere() {
    return new TreeSet<>(answering.keySet());
  }

  /** Whether a request has to be read whole: it is answered or watched here, or may be. */
  boolean concerns(Head head) {
    String name = head.service() + ":" + head.operation();
    return services.contains(head.service())
        && (head.isForm() || answering.containsKey(name) || watching.containsKey(name));
  }

  /**
   * Answers, here or by the emulator.
   *
   * @throws ServiceException what the caller is told
   */
  AwsAnswer answer(AwsRequest request) throws InterruptedException {
    AnsweredHere here = answering.get(request.name());
    if (here != null) {
      return here.answer(request);
    }
    AwsAnswer answer = upstream.send(request);
    if (answer.isSuccess()) {
      watching
          .getOrDefault(request.name(), List.of())
          .forEach(watcher -> watcher.succeeded(request, answer));
    }
    return answer;
  }
}
