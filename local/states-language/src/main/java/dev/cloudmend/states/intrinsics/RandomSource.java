package dev.cloudmend.states.intrinsics;

import java.security.SecureRandom;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Where the language takes its chance from: {@code States.UUID}, {@code States.MathRandom}, the
 * jitter of retries, and task tokens.
 */
public interface RandomSource {

  /** Random bits, uniformly; safe for several threads. */
  RandomGenerator generator();

  /** A random UUID of version 4. */
  default UUID uuid() {
    long high = (generator().nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
    long low = (generator().nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** Unpredictable: a task token is a key to an execution. */
  static RandomSource secure() {
    var random = new SecureRandom();
    return () -> random;
  }

  /** A fixed sequence, for tests that need the same values again. */
  static RandomSource seeded(long seed) {
    var random = new Random(seed);
    return () -> random;
  }
}
