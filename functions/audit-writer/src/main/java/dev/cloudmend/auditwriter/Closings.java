package dev.cloudmend.auditwriter;

/**
 * What the closer did.
 *
 * @param executions the executions that were looked at
 * @param closed the incidents that were closed; none for an execution that takes a fix back, which
 *     opens no incident: its intent stays open and shows in the audit trail
 * @param leftAlone the incidents of these executions that had ended, or that another execution has
 *     opened again meanwhile
 * @param woken the assessments that were asked for, because the exemption that held something back
 *     is over or removed
 */
public record Closings(int executions, int closed, int leftAlone, int woken) {

  static final Closings NONE = new Closings(0, 0, 0, 0);

  Closings plus(Closings more) {
    return new Closings(
        executions + more.executions,
        closed + more.closed,
        leftAlone + more.leftAlone,
        woken + more.woken);
  }
}
