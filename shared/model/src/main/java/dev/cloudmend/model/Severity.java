package dev.cloudmend.model;

/** How bad a finding is, in Security Hub's words. */
public enum Severity {
  INFORMATIONAL,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL,
  UNKNOWN
}
