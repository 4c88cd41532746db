package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Target;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A call as a command of the AWS CLI that can be pasted into a POSIX shell.
 *
 * <p>The parameters go into {@code --cli-input-json}: every operation takes it, and neither the
 * CLI's shorthand syntax nor its reading of {@code file://} and {@code http://} values applies
 * there. Everything but printable ASCII is written as a JSON escape, so that no name that somebody
 * gave a resource can steer the terminal.
 */
public final class AwsCommandLine {

  private static final Pattern WORD = Pattern.compile("(.)([A-Z][a-z]+)");
  private static final Pattern TAIL = Pattern.compile("([a-z0-9])([A-Z])");
  private static final Pattern UNSAFE = Pattern.compile("[^\\x20-\\x7e]");

  private AwsCommandLine() {}

  /**
   * The command, on one line. Without {@code --region} for a global service.
   *
   * @throws AwsCallException of kind {@link AwsCallException.Kind#INVALID_CALL} when service,
   *     operation or region are not known; parameters are not looked at
   */
  public static String of(ApiCall call) {
    Service service = ApiCallCodec.checkNames(call);
    var line = new StringBuilder("aws ");
    line.append(service.cliName()).append(' ').append(commandName(call.operation()));
    if (!call.region().equals(Target.GLOBAL)) {
      line.append(" --region ").append(call.region());
    }
    ObjectNode parameters = call.parameters();
    if (!parameters.isEmpty()) {
      line.append(" --cli-input-json ").append(quoted(ascii(Json.write(parameters))));
    }
    return line.toString();
  }

  /** {@code CreateVirtualMFADevice} is {@code create-virtual-mfa-device}, as botocore names it. */
  private static String commandName(String operation) {
    String words = WORD.matcher(operation).replaceAll("$1-$2");
    return TAIL.matcher(words).replaceAll("$1-$2").toLowerCase(Locale.ROOT);
  }

  private static String ascii(String json) {
    return UNSAFE
        .matcher(json)
        .replaceAll(
            m -> {
              var escapes = new StringBuilder();
              for (char c : m.group().toCharArray()) {
                escapes.append("\\\\u%04x".formatted((int) c));
              }
              return escapes.toString();
            });
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\"'\"'") + "'";
  }
}
