package dev.cloudmend.terraform.hcl;

/** What a body holds: an attribute or a block. */
public sealed interface BodyItem permits Attribute, Block {

  /** From its name to its last char, without comments and line end. */
  Span span();
}
