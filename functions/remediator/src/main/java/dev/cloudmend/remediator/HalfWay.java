package dev.cloudmend.remediator;

import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.aws.AwsWriter;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.store.Intent;
import java.util.List;

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
    boolean isPaired = change.undo().size() == change.apply().size();
    List<ApiCall> back =
        isPaired
            ? change.undo().subList(change.undo().size() - done, change.undo().size())
            : change.undo();
    boolean mayTakeBack =
        isPaired && order.kind().equals(Intent.APPLY) && !playbook.info().undoWidensAccess();
    if (!mayTakeBack) {
      return failed(cause, what + "; not taken back, because that would widen access", back);
    }
    try {
      for (ApiCall call : back) {
        writer.write(call);
      }
      if (playbook.observe(change, reader).equals(change.stateAfterUndo())) {
        return new Result.Failed(
            Outcome.ROLLED_BACK,
            new Problem("remediate", cause.code(), what + "; what was done was taken back"));
      }
    } catch (AwsCallException e) {
      return failed(cause, what + "; taking it back failed too: " + e.getMessage(), back);
    }
    return failed(cause, what + "; taken back, but the state before was not seen again", back);
  }

  private static Result.Failed failed(AwsCallException cause, String what, List<ApiCall> back) {
    String way = back.isEmpty() ? "" : ". To take it back:\n" + ChangeRunner.commandLines(back);
    return new Result.Failed(Outcome.FAILED, new Problem("remediate", cause.code(), what + way));
  }
}
