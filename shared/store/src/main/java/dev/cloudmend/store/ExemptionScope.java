package dev.cloudmend.store;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an exemption is for: every part that is given has to fit.
 *
 * @param resource the ARN of a resource
 * @param tagKey the key of a tag that the resource has to have
 * @param tagValue that tag's value; absent = any
 * @param playbook a playbook's id
 * @param account an account, twelve digits
 */
public record ExemptionScope(
    @Nullable String resource,
    @Nullable String tagKey,
    @Nullable String tagValue,
    @Nullable String playbook,
    @Nullable String account) {

  public ExemptionScope {
    if (resource == null && tagKey == null && playbook == null) {
      throw new IllegalArgumentException("an exception is for a resource, a tag or a playbook");
    }
    if (tagValue != null && tagKey == null) {
      throw new IllegalArgumentException("a tag's value needs its key");
    }
  }

  /** Whether the resource's tags have to be known to tell whether it fits. */
  public boolean asksForTags() {
    return tagKey != null;
  }

  /** Whether it fits, as far as that can be told without tags. */
  public boolean fits(String resourceArn, String ofAccount, String playbookId) {
    return (resource == null || resource.equals(resourceArn))
        && (account == null || account.equals(ofAccount))
        && (playbook == null || playbook.equals(playbookId));
  }

  /** Whether the tags fit. */
  public boolean fitsTags(Map<String, String> tags) {
    return tagKey == null
        || (tags.containsKey(tagKey)
            && (tagValue == null || Objects.equals(tags.get(tagKey), tagValue)));
  }
}
