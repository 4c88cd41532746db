package dev.cloudmend.terraform.locate;

/** How the block of a resource was found. */
public enum Way {
  /** Terraform's state has the resource under an address. */
  STATE,
  /** A plan has it. */
  PLAN,
  /** A tag of the resource names the place, as Yor writes it. */
  TAGS,
  /** One block, and no other, has this literal name. */
  NAME
}
