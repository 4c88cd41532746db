package dev.cloudmend.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FunctionMetricsTest {

  @Test
  void elsewhereThanInLambdaNothingIsMade() {
    var calls = new AtomicInteger();

    FunctionMetrics.send(Map.of(), metrics -> calls.incrementAndGet());

    assertThat(calls).hasValue(0);
  }
}
