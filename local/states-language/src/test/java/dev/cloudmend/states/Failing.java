package dev.cloudmend.states;

import dev.cloudmend.states.engine.TaskFailedException;

/** Machines and functions that fail, for several tests. */
final class Failing {

  private Failing() {}

  /** One task, whose Catch takes the given names and leads to a state that keeps the error. */
  static String catching(String names, String moreFields) {
    return """
        {"StartAt": "T", "States": {
          "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", %s
            "Catch": [{"ErrorEquals": [%s], "Next": "Caught"}], "End": true},
          "Caught": {"Type": "Pass", "End": true}}}
        """
        .formatted(moreFields, names);
  }

  static Machine.Lambda failing(String error) {
    return (name, payload) -> {
      throw new TaskFailedException(error, "why");
    };
  }
}
