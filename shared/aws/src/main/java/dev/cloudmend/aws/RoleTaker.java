package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.MemberAccounts.Role;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Takes roles of member accounts with the own credentials. The one place where that is done; its
 * clients can do nothing else.
 */
final class RoleTaker implements AutoCloseable {

  private static final String NOTHING_TRIED = "; nothing was tried there. ";

  private final AwsConnection connection;
  private final MemberAccounts members;
  private final ClientFactory clients;

  /**
   * What was got for a role.
   *
   * @param expiresAt from when on the service refuses the credentials
   */
  record Session(AwsCredentials credentials, Instant expiresAt) {}

  RoleTaker(AwsConnection connection, CallLimits limits, MemberAccounts members) {
    this.connection = connection;
    this.members = members;
    this.clients =
        new ClientFactory(
            connection,
            limits,
            Optional.of(ReadOnlyGuard.allowingOnly(Map.of("sts", Set.of("AssumeRole")))));
  }

  /**
   * Refuses an account that is not listed.
   *
   * @param own the account of the own credentials
   * @throws AccountException when it is no member
   */
  void checkMember(String account, String own) {
    if (!members.accounts().contains(account)) {
      throw new AccountException(
          ("these credentials are of account %s, the finding speaks of account %s, which is no"
                  + " member account; nothing was tried. To reach it, prepare its roles and list it"
                  + " in cloudmend.members (Terraform: modules/member-account, member_accounts)")
              .formatted(own, account));
    }
  }

  /**
   * Takes a role.
   *
   * @throws AccountException when the account does not give it, or no external id is known
   * @throws AwsCallException when STS or the place of the external ids does not answer now
   */
  Session take(String account, Role role) {
    String arn = members.roleArn(account, role, connection.region());
    ObjectNode parameters =
        Json.object()
            .put("RoleArn", arn)
            .put("RoleSessionName", members.session())
            .put("ExternalId", externalId(account, arn));
    var call = new ApiCall("sts", "AssumeRole", connection.region(), parameters);
    ObjectNode answer;
    try {
      answer = new Caller(clients).call(call);
    } catch (AwsCallException e) {
      // Neither the message nor the cause goes on: STS may repeat the external id in it.
      if (e.isPassing()) {
        throw new AwsCallException(e.kind(), e.code(), call, arn + " could not be taken now");
      }
      throw new AccountException(
          "account %s cannot be reached: its role %s could not be taken (%s)"
                  .formatted(account, arn, e.code())
              + NOTHING_TRIED
              + "Check that the role is there and trusts this deployment's role with the external"
              + " id that the secret holds (Terraform: modules/member-account)");
    }
    return session(account, arn, answer);
  }

  @Override
  public void close() {
    clients.close();
  }

  private String externalId(String account, String arn) {
    Optional<String> id;
    try {
      id = members.externalIds().of(account);
    } catch (AwsCallException e) {
      if (e.isPassing()) {
        throw e;
      }
      throw new AccountException(
          "account %s cannot be reached: the external id for its role %s cannot be read (%s)"
                  .formatted(account, arn, e.getMessage())
              + NOTHING_TRIED
              + "Check the secret that cloudmend.external-ids names, and the right to read it");
    }
    return id.orElseThrow(
        () ->
            new AccountException(
                "account %s cannot be reached: there is no external id for its role %s"
                        .formatted(account, arn)
                    + NOTHING_TRIED
                    + "Add it, under the account's twelve digits, to the secret that"
                    + " cloudmend.external-ids names"));
  }

  private static Session session(String account, String arn, ObjectNode answer) {
    JsonNode credentials = answer.path("Credentials");
    try {
      String reached = Arn.parse(answer.path("AssumedRoleUser").path("Arn").asText()).account();
      if (!reached.equals(account)) {
        throw new AccountException(
            "account %s cannot be reached: its role %s led to account %s"
                    .formatted(account, arn, reached)
                + NOTHING_TRIED.strip());
      }
      return new Session(
          AwsSessionCredentials.create(
              text(credentials, "AccessKeyId"),
              text(credentials, "SecretAccessKey"),
              text(credentials, "SessionToken")),
          Instant.parse(text(credentials, "Expiration")));
    } catch (ModelException | DateTimeException e) {
      throw new AccountException(
          "account %s cannot be reached: the answer for its role %s is incomplete"
                  .formatted(account, arn)
              + NOTHING_TRIED.strip());
    }
  }

  private static String text(JsonNode credentials, String member) {
    String text = credentials.path(member).asText("");
    if (text.isEmpty()) {
      throw new ModelException("no " + member);
    }
    return text;
  }
}
