package dev.cloudmend.remediator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.aws.AwsWriter;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.store.Intent;
import java.util.List;
import java.util.Optional;

/**
 * Settles an apply that stopped after some of its calls: takes them back where that is known to be
 * possible and does not open what they closed; otherwise leaves them and prints the way back.
 */
final class HalfWay {

  private final AwsReader reader;
  private final AwsWriter writer;

  HalfWay(AwsReader reader, AwsWriter writer) {
    this.reader = reader;
    this.writer = writer;
  }

  Result.Failed settle(Order order, Playbook playbook, int done, AwsCallException cause) {
    Change change = order.change();
    String what =
        "%s after %d of %d calls".formatted(cause.getMessage(), done, change.apply().size());
    Optional<String> obstacle = obstacle(order, playbook, cause);
    if (obstacle.isPresent()) {
      // The call that got no answer may be one of those that have to be taken back.
      int begun = cause.kind() == Kind.UNREACHABLE ? done + 1 : done;
      return failed(
          cause, what + "; not taken back, because " + obstacle.get(), wayBack(change, begun));
    }
    return takeBack(change, playbook, what, wayBack(change, done), cause);
  }

  /** The calls of a way back as the end of a message. */
  static String toTakeItBack(List<ApiCall> back) {
    return back.isEmpty() ? "" : ". To take it back:\n" + ChangeRunner.commandLines(back);
  }

  private static Optional<String> obstacle(Order order, Playbook playbook, AwsCallException cause) {
    if (order.kind().equals(Intent.UNDO)) {
      return Optional.of("it is a way back itself");
    }
    if (playbook.info().undoWidensAccess()) {
      return Optional.of("that would widen access");
    }
    if (cause.kind() == Kind.UNREACHABLE) {
      return Optional.of("no answer came, so it is not known what took effect");
    }
    return isPaired(order.change())
        ? Optional.empty()
        : Optional.of("its calls cannot be taken back one by one");
  }

  private Result.Failed takeBack(
      Change change, Playbook playbook, String what, List<ApiCall> back, AwsCallException cause) {
    int taken = 0;
    try {
      for (ApiCall call : back) {
        writer.write(call);
        taken++;
      }
    } catch (AwsCallException e) {
      return failed(
          cause,
          what + "; taking it back failed too: " + e.getMessage(),
          back.subList(taken, back.size()));
    }
    return isSeen(change.stateAfterUndo(), change, playbook)
        ? new Result.Failed(
            Outcome.ROLLED_BACK,
            new Problem("remediate", cause.code(), what + "; what was done was taken back"))
        : failed(cause, what + "; taken back, but the state before was not seen again", back);
  }

  private boolean isSeen(JsonNode expected, Change change, Playbook playbook) {
    try {
      return ChangeRunner.same(playbook.observe(change, reader), expected);
    } catch (AwsCallException e) {
      return false;
    }
  }

  private static List<ApiCall> wayBack(Change change, int calls) {
    List<ApiCall> undo = change.undo();
    return isPaired(change) ? undo.subList(undo.size() - calls, undo.size()) : undo;
  }

  private static boolean isPaired(Change change) {
    return change.undo().size() == change.apply().size();
  }

  private static Result.Failed failed(AwsCallException cause, String what, List<ApiCall> back) {
    return new Result.Failed(
        Outcome.FAILED, new Problem("remediate", cause.code(), what + toTakeItBack(back)));
  }
}
