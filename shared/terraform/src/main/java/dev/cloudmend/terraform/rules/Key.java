package dev.cloudmend.terraform.rules;

/**
 * What makes a violation the same before and after an edit, which moves lines; not always unique.
 */
record Key(String rule, String module, String address, String message) {

  static Key of(Violation violation) {
    return new Key(
        violation.rule().id(),
        violation.resource().module().toString(),
        violation.resource().address(),
        violation.message());
  }
}
