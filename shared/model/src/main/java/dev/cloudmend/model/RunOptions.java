package dev.cloudmend.model;

import java.util.List;

/**
 * What a person who started a run by hand asks for. An event that comes through EventBridge has
 * none of it.
 *
 * @param approve hashes of changes that the person agrees to
 * @param again whether to skip the claim, and the memory of an undo
 */
public record RunOptions(List<String> approve, boolean again) {

  public static final RunOptions NONE = new RunOptions(List.of(), false);

  public RunOptions {
    approve = List.copyOf(approve);
  }
}
