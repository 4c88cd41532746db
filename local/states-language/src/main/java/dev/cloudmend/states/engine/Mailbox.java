package dev.cloudmend.states.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Messages for one execution's thread. Once it is closed nothing comes in and nothing is lost. */
final class Mailbox {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Queue<Message> messages = new ArrayDeque<>();
  private boolean closed;

  /** Leaves a message; false when nobody will read it. */
  boolean post(Message message) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      messages.add(message);
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The next message, when one comes in time. */
  Optional<Message> take(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (messages.isEmpty() && left > 0) {
        left = arrived.awaitNanos(left);
      }
      return Optional.ofNullable(messages.poll());
    } finally {
      lock.unlock();
    }
  }

  /** The next message; when there is none the box is closed in the same moment. */
  Optional<Message> pollOrClose() {
    lock.lock();
    try {
      closed = messages.isEmpty();
      return Optional.ofNullable(messages.poll());
    } finally {
      lock.unlock();
    }
  }

  /** Closes the box and empties it. */
  List<Message> close() {
    lock.lock();
    try {
      closed = true;
      List<Message> left = List.copyOf(messages);
      messages.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }
}
