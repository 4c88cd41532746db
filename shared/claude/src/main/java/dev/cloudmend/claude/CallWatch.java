package dev.cloudmend.claude;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Counts the attempts of a call, and bounds what is read of each answer. */
final class CallWatch implements ExecutionInterceptor {

  /** Where a call keeps its attempts. */
  static final ExecutionAttribute<AtomicInteger> ATTEMPTS =
      new ExecutionAttribute<>("CloudmendAttempts");

  /** The most bytes of an answer; one of 4,000 tokens has about 16 KB. */
  static final int MOST_BYTES = 1024 * 1024;

  /** An answer is longer than any that was asked for. */
  static final class TooLongException extends RuntimeException {
    private TooLongException() {
      super("the answer has more than " + MOST_BYTES + " bytes");
    }
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    Optional.ofNullable(attributes.getAttribute(ATTEMPTS))
        .ifPresent(AtomicInteger::incrementAndGet);
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    return context.responseBody().map(Bounded::new);
  }

  private static final class Bounded extends FilterInputStream {

    private int left = MOST_BYTES;

    private Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw new TooLongException();
      }
    }
  }
}
