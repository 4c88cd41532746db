package dev.cloudmend.pullrequests;

import dev.cloudmend.model.ResourceRef;
import java.util.Map;
import java.util.Optional;

/**
 * Which resources an entry of the {@link RepositoryMapping} is for. What is absent is met by all;
 * what is there has to be met altogether.
 *
 * @param account twelve digits
 * @param region of the finding
 * @param tag a tag that the live resource has
 * @param arn of the resource; a {@code *} stands for any number of any characters
 */
public record ResourceMatch(
    Optional<String> account, Optional<String> region, Optional<Tag> tag, Optional<String> arn) {

  /** All resources. */
  public static final ResourceMatch ALL =
      new ResourceMatch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** A tag; both parts are compared as they are written. */
  public record Tag(String key, String value) {}

  boolean matches(ResourceRef resource, Map<String, String> tags) {
    return mayMatch(resource) && tag.stream().allMatch(t -> t.value().equals(tags.get(t.key())));
  }

  /** Whether a resource meets all but the tag. */
  boolean mayMatch(ResourceRef resource) {
    return account.stream().allMatch(resource.account()::equals)
        && region.stream().allMatch(resource.region()::equals)
        && arn.stream().allMatch(pattern -> fits(pattern, resource.arn().toString()));
  }

  /** In time that grows with the product of both lengths at most, whatever an event names. */
  private static boolean fits(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(c -> c == '*');
  }
}
