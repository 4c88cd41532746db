package dev.cloudmend.local.deployment;

import dev.cloudmend.local.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.s3.S3Client;

/** The configuration of a deployment: a version of an object that the functions name. */
public final class DeployedConfiguration {

  private static final String SETTING = "CLOUDMEND_CONFIGURATION";

  private final StackClients clients;
  private final StackParts parts;

  DeployedConfiguration(StackClients clients, StackParts parts) {
    this.clients = clients;
    this.parts = parts;
  }

  /**
   * What a push did.
   *
   * @param place the version that the functions now read
   * @param functions those that were pointed at it
   */
  public record Pushed(String place, List<String> functions) {}

  /**
   * Stores a configuration as a new version and points each function that reads one at it.
   *
   * <p>Functions are published before their alias moves, so none is ever without a configuration;
   * should it stop half-way, some still read the version before.
   *
   * @param text a configuration that was checked
   * @throws InputException when the stack was deployed without a configuration file
   * @throws DeploymentException when it could not be stored, or not all functions pointed at it
   */
  public Pushed push(String text) {
    StackParts.Place place =
        Optional.ofNullable(parts.configuration())
            .orElseThrow(
                () ->
                    new InputException(
                        "the stack '%s' was deployed without a configuration file; set config_file and apply once"
                            .formatted(parts.prefix())));
    String uri;
    try (S3Client s3 = clients.s3()) {
      String version =
          s3.putObject(
                  r -> r.bucket(place.bucket()).key(place.key()).contentType("application/yaml"),
                  RequestBody.fromString(text))
              .versionId();
      uri = "s3://%s/%s?versionId=%s".formatted(place.bucket(), place.key(), version);
    } catch (SdkException e) {
      throw Stack.failure("the configuration cannot be stored", e);
    }
    var done = new ArrayList<String>();
    try (LambdaClient lambda = clients.lambda()) {
      for (Map.Entry<String, String> function : parts.functions().entrySet()) {
        if (point(lambda, function.getValue(), uri)) {
          done.add(function.getKey());
        }
      }
    } catch (SdkException e) {
      throw Stack.failure("stored as " + uri + ", but only " + done + " read it by now", e);
    }
    return new Pushed(uri, List.copyOf(done));
  }

  private static boolean point(LambdaClient lambda, String alias, String uri) {
    int colon = alias.lastIndexOf(':');
    String function = alias.substring(0, colon);
    GetFunctionConfigurationResponse now =
        lambda.getFunctionConfiguration(r -> r.functionName(function));
    var settings = new HashMap<>(now.environment().variables());
    if (!settings.containsKey(SETTING)) {
      return false;
    }
    settings.put(SETTING, uri);
    lambda.updateFunctionConfiguration(
        r -> r.functionName(function).environment(e -> e.variables(settings)));
    lambda.waiter().waitUntilFunctionUpdatedV2(r -> r.functionName(function));
    String version = lambda.publishVersion(r -> r.functionName(function)).version();
    lambda.waiter().waitUntilFunctionActiveV2(r -> r.functionName(function).qualifier(version));
    lambda.updateAlias(
        r -> r.functionName(function).name(alias.substring(colon + 1)).functionVersion(version));
    return true;
  }
}
