package dev.cloudmend.terraform.rules;

/** How safe a rule's edit is. */
public enum Safety {
  /** One value of one argument. */
  LITERAL,
  /** A new resource or block beside what is there. */
  SIBLING,
  /** It may cut traffic or people, or replaces the resource: needs a yes. */
  BREAKING
}
