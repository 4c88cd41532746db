package dev.cloudmend.function;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the functions, from the environment ({@code CLOUDMEND_LIVE} is {@code
 * cloudmend.live}).
 *
 * <p>Where {@code AWS_ENDPOINT_URL} is set, the endpoints of the target account, the tables and the
 * configuration that are not set are that address.
 *
 * @param live {@code cloudmend.live}: the run's switch; false unless it says {@code true}
 * @param region {@code cloudmend.region}, else the function's own
 * @param profile {@code cloudmend.profile}: a named profile of the shared AWS configuration
 * @param targetEndpoint {@code cloudmend.target.endpoint}: an emulator to call instead of AWS
 * @param tablesEndpoint {@code cloudmend.tables.endpoint}: a DynamoDB to use instead of AWS's
 * @param auditTable {@code cloudmend.tables.audit}
 * @param stateTable {@code cloudmend.tables.state}
 * @param bedrockEndpoint {@code cloudmend.bedrock.endpoint}: a server to ask instead of Bedrock
 * @param asksClaude {@code cloudmend.diagnoser}: {@code claude} or, where it says nothing, {@code
 *     playbook}
 * @param configuration {@code cloudmend.configuration}: the configuration file, or the S3 object
 *     that it lies in, {@code s3://bucket/key?versionId=…}
 * @param configurationEndpoint {@code cloudmend.configuration-endpoint}: an S3 to use instead of
 *     AWS's
 * @param policy {@code cloudmend.policy}: a policy file in place of the configuration's policy
 * @param ownRoleArns {@code cloudmend.own-role-arns}: roles whose changes are Cloudmend's own,
 *     beside those of the configuration
 * @param trustedSenders {@code cloudmend.trusted-senders}: accounts whose events may speak of other
 *     accounts, beside those of the configuration
 */
public record Settings(
    boolean live,
    String region,
    Optional<String> profile,
    Optional<URI> targetEndpoint,
    Optional<URI> tablesEndpoint,
    String auditTable,
    String stateTable,
    Optional<URI> bedrockEndpoint,
    boolean asksClaude,
    Optional<String> configuration,
    Optional<URI> configurationEndpoint,
    Optional<Path> policy,
    List<String> ownRoleArns,
    List<String> trustedSenders) {

  public Settings {
    ownRoleArns = List.copyOf(ownRoleArns);
    trustedSenders = List.copyOf(trustedSenders);
  }
}
