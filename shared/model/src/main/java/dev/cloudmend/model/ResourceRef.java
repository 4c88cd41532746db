package dev.cloudmend.model;

/**
 * The resource that a finding names, as far as the event tells.
 *
 * @param arn the resource; a bucket's ARN has neither account nor region
 * @param account the account that the event is about, twelve digits
 * @param region where the event says the resource is; not believed for buckets
 */
public record ResourceRef(Arn arn, String account, String region) {

  public ResourceRef {
    Arn.checkAccount(account);
    Arn.checkRegion(region);
  }
}
