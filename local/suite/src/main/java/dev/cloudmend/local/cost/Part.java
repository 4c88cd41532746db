package dev.cloudmend.local.cost;

/** The parts that a month's cost is told in. */
public enum Part {
  /** What is there without a finding: alarms, dashboard, hourly sweeps, the trail's bucket. */
  FIXED("fixed", "fixed"),
  STATE_MACHINE("stateMachine", "state machine"),
  FUNCTIONS("functions", "functions"),
  TABLES("tables", "tables"),
  EVENTS("eventsAndQueues", "events, queues"),
  LOGS("logsAndMetrics", "logs, metrics");

  private final String id;
  private final String title;

  Part(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** Its name in JSON. */
  public String id() {
    return id;
  }

  /** Its name in a table's head. */
  public String title() {
    return title;
  }
}
