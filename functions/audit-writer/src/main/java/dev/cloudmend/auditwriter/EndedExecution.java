package dev.cloudmend.auditwriter;

import org.jspecify.annotations.Nullable;

/**
 * An execution of a state machine that is over.
 *
 * @param arn the execution's ARN
 * @param status how it ended, in Step Functions' words, such as {@code TIMED_OUT}
 * @param error the name of the error that ended it, where it is told
 * @param cause what that error says, where it is told
 */
public record EndedExecution(
    String arn, String status, @Nullable String error, @Nullable String cause) {}
