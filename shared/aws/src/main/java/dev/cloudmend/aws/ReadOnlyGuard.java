package dev.cloudmend.aws;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Lets only listed reads leave the machine. A client that carries it refuses every other operation
 * before anything is sent, also one that did not exist when the list was made.
 *
 * <p>The list is the resource {@code reads.txt}; each read on it was chosen by itself, since the
 * verb in an operation's name tells neither whether it changes something nor whether it gives away
 * a secret.
 */
public final class ReadOnlyGuard implements ExecutionInterceptor {

  private static final Map<String, Set<String>> READS = load();

  private final Map<String, Set<String>> allowed;
  private final Set<String> refused = Collections.synchronizedSet(new LinkedHashSet<>());

  /** Thrown into a refused call; nothing was sent. */
  static final class RefusedException extends RuntimeException {
    private RefusedException(String operation) {
      super(operation + " is not on the list of reads");
    }
  }

  public ReadOnlyGuard() {
    this(READS);
  }

  private ReadOnlyGuard(Map<String, Set<String>> allowed) {
    this.allowed = allowed;
  }

  /** One with a list of its own, by service. */
  static ReadOnlyGuard allowingOnly(Map<String, Set<String>> operations) {
    return new ReadOnlyGuard(operations);
  }

  /**
   * The reads that pass, by their API names, sorted.
   *
   * @param service as in {@link dev.cloudmend.model.ApiCall}
   */
  public static Set<String> reads(String service) {
    return READS.getOrDefault(service, Set.of());
  }

  /** What was refused since this guard was made, such as {@code s3:PutBucketPolicy}. */
  public List<String> refused() {
    synchronized (refused) {
      return List.copyOf(refused);
    }
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String sdkName =
        Optional.ofNullable(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME))
            .orElse("?");
    String operation =
        Optional.ofNullable(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME))
            .orElse("?");
    String service = Service.bySdkName(sdkName).map(Service::id).orElse(sdkName);
    if (!allowed.getOrDefault(service, Set.of()).contains(operation)) {
      String name = service + ":" + operation;
      refused.add(name);
      throw new RefusedException(name);
    }
  }

  private static Map<String, Set<String>> load() {
    var reads = new ConcurrentHashMap<String, Set<String>>();
    Resources.lines("reads.txt").stream()
        .map(line -> Arrays.asList(line.split(" ", -1)))
        .collect(
            Collectors.groupingBy(
                List::getFirst,
                Collectors.mapping(List::getLast, Collectors.toCollection(TreeSet::new))))
        .forEach((service, names) -> reads.put(service, Collections.unmodifiableSet(names)));
    return Map.copyOf(reads);
  }
}
