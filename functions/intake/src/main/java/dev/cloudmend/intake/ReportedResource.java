package dev.cloudmend.intake;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.ResourceRef;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A resource as a sender names it: by ARN, by name or by id.
 *
 * @param type in CloudFormation's words ({@code AWS::S3::Bucket}) or ASFF's ({@code AwsS3Bucket});
 *     empty where the sender does not tell
 * @param id an ARN, a name, an id, or {@code AWS::::Account:<account>}
 * @param account the account that the sender says it is of, twelve digits
 * @param region the region that the sender says it is in
 */
record ReportedResource(String type, String id, String account, String region) {

  private static final Pattern UNIQUE_ID = Pattern.compile("(AIDA|AROA|AGPA|ANPA)[A-Z0-9]{12,}");
  private static final Pattern OF_IAM =
      Pattern.compile("(iam[._-]|root-account).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final String ACCOUNT = "AWS::::Account:";

  /** The ARN; empty where what the sender says makes none. */
  Optional<Arn> arn() {
    String partition = Envelope.partitionOf(region);
    try {
      if (id.startsWith(ACCOUNT)) {
        return Optional.of(Arn.ofAccount(partition, id.substring(ACCOUNT.length())));
      }
      if (id.startsWith("arn:")) {
        return Optional.of(settingsAsAccount(Arn.parse(id)));
      }
      return byId(partition);
    } catch (ModelException e) {
      return Optional.empty();
    }
  }

  /**
   * The resource for the model. IAM is one for all regions and its findings come once from each, so
   * they all get the region in which IAM is run; other account-wide settings are each region's own.
   *
   * @param check the check that failed
   */
  Optional<ResourceRef> ref(String check) {
    return arn()
        .map(
            arn -> {
              boolean ofIam = arn.isAccount() ? isOfIam(check) : arn.service().equals("iam");
              String place = arn.region().isEmpty() ? region : arn.region();
              return new ResourceRef(
                  arn,
                  arn.account().matches("\\d{12}") ? arn.account() : account,
                  ofIam ? homeRegion(arn.partition()) : place);
            });
  }

  /**
   * IAM's unique id, where the sender gives that in place of a name; it stays in the ARN and only
   * the live account can tell whose it is.
   */
  Optional<String> uniqueId() {
    return Optional.of(id.substring(id.lastIndexOf('/') + 1))
        .filter(name -> UNIQUE_ID.matcher(name).matches());
  }

  /** Whether a check of an account as a whole is one of IAM, as all sources name theirs. */
  static boolean isOfIam(String check) {
    return OF_IAM.matcher(check).matches();
  }

  // Prowler names the account's password policy as if it were a resource of its own.
  private static Arn settingsAsAccount(Arn arn) {
    return arn.service().equals("iam") && arn.resource().equals("password-policy")
        ? Arn.ofAccount(arn.partition(), arn.account())
        : arn;
  }

  private Optional<Arn> byId(String partition) {
    String kind = type.toLowerCase(Locale.ROOT).replace(":", "");
    return switch (kind) {
      case "awsaccount" -> Optional.of(Arn.ofAccount(partition, id));
      case "awss3bucket" -> id.contains("/") ? Optional.empty() : of(partition, "s3", "", "", id);
      case "awsec2securitygroup" -> ec2(partition, "security-group/");
      case "awsec2instance" -> ec2(partition, "instance/");
      case "awsec2volume" -> ec2(partition, "volume/");
      case "awsec2vpc" -> ec2(partition, "vpc/");
      case "awsec2subnet" -> ec2(partition, "subnet/");
      case "awsec2networkacl" -> ec2(partition, "network-acl/");
      case "awsiamuser" -> of(partition, "iam", "", account, "user/" + id);
      case "awsiamrole" -> of(partition, "iam", "", account, "role/" + id);
      case "awsiamgroup" -> of(partition, "iam", "", account, "group/" + id);
      case "awsiampolicy", "awsiammanagedpolicy" ->
          of(partition, "iam", "", account, "policy/" + id);
      default -> Optional.empty();
    };
  }

  private Optional<Arn> ec2(String partition, String kind) {
    return of(partition, "ec2", region, account, kind + id);
  }

  private static Optional<Arn> of(
      String partition, String service, String region, String account, String resource) {
    return resource.isBlank() || resource.endsWith("/")
        ? Optional.empty()
        : Optional.of(new Arn(partition, service, region, account, resource));
  }

  private static String homeRegion(String partition) {
    return switch (partition) {
      case "aws-cn" -> "cn-north-1";
      case "aws-us-gov" -> "us-gov-west-1";
      default -> "us-east-1";
    };
  }
}
