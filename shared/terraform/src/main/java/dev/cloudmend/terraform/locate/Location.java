package dev.cloudmend.terraform.locate;

import dev.cloudmend.terraform.project.ModuleCall;
import dev.cloudmend.terraform.project.ResourceBlock;
import java.util.List;

/** Where a resource is declared. */
public sealed interface Location {

  /**
   * It is certain.
   *
   * @param resource the block
   * @param way how it was found
   * @param address its address from the root module without keys, such as {@code
   *     module.logs.aws_s3_bucket.this}; from its own module where several root modules or calls
   *     lead there and none is known to be meant
   */
  record Found(ResourceBlock resource, Way way, String address) implements Location {}

  /**
   * It is certain, and its block is not in the project: a module from elsewhere declares it, a
   * registry's or a git repository's. What can be mended is the arguments of the call, never a copy
   * of that module.
   *
   * @param call the last call on the way that is in the project
   * @param way how it was found
   * @param address as in {@link Found}
   */
  record InCall(ModuleCall call, Way way, String address) implements Location {}

  /**
   * It is not certain.
   *
   * @param reason why, and what would help
   * @param candidates blocks that it may be
   */
  record NotCertain(String reason, List<ResourceBlock> candidates) implements Location {
    public NotCertain {
      candidates = List.copyOf(candidates);
    }
  }
}
