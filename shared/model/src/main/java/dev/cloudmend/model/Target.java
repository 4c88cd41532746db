package dev.cloudmend.model;

/**
 * What a change is made to.
 *
 * @param partition the AWS partition
 * @param account the account that owns the resource, twelve digits
 * @param region the region that its API calls go to; for a bucket as the service told it; {@code
 *     us-east-1} stands in no call of a global service, whose region is {@code global}
 * @param arn the resource
 */
public record Target(String partition, String account, String region, Arn arn) {

  /** The region of what has none, such as all of IAM. */
  public static final String GLOBAL = "global";

  public Target {
    Arn.checkAccount(account);
    if (!region.equals(GLOBAL)) {
      Arn.checkRegion(region);
    }
    if (!arn.partition().equals(partition)) {
      throw new ModelException("the ARN " + arn + " is not in partition " + partition);
    }
    if (!arn.account().isEmpty() && !arn.account().equals(account)) {
      throw new ModelException("the ARN " + arn + " is not of account " + account);
    }
  }

  /** The name under which claims, leases and undo marks of this resource are kept. */
  public String key() {
    return String.join("|", partition, account, region, arn.toString());
  }
}
