package dev.cloudmend.pullrequests;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Takes an answer's bytes, and breaks off where they are too many. */
final class BoundedBody implements BodySubscriber<byte[]> {

  /** The answer is longer than what is read. */
  static final class TooLong extends IOException {
    private TooLong(long most) {
      super("the answer is longer than %,d bytes".formatted(most));
    }
  }

  private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
  private final long most;
  private @Nullable Subscription subscription;
  private long taken;

  BoundedBody(long most) {
    this.most = most;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    bytes.onSubscribe(given);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    taken += parts.stream().mapToLong(ByteBuffer::remaining).sum();
    if (taken <= most) {
      bytes.onNext(parts);
      return;
    }
    if (subscription != null) {
      subscription.cancel();
    }
    bytes.onError(new TooLong(most));
  }

  @Override
  public void onError(Throwable error) {
    bytes.onError(error);
  }

  @Override
  public void onComplete() {
    bytes.onComplete();
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return bytes.getBody();
  }
}
