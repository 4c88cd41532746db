package dev.cloudmend.endpoint.account;

import dev.cloudmend.endpoint.AnsweredHere;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.endpoint.front.Forms;
import dev.cloudmend.endpoint.front.Xml;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * EC2's switches for a whole account in one region: public snapshots, public images, and how new
 * instances give out their metadata. As in an account that was never looked after, nothing is
 * blocked and there are no preferences to begin with.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html">EC2
 *     API</a>
 */
public final class AccountSwitches implements AnsweredHere {

  private static final String UNBLOCKED = "unblocked";
  private static final String NO_PREFERENCE = "no-preference";
  private static final int MOST_HOPS = 64;

  private static final Map<String, Set<String>> METADATA =
      Map.of(
          "HttpTokens", Set.of("optional", "required", NO_PREFERENCE),
          "HttpEndpoint", Set.of("enabled", "disabled", NO_PREFERENCE),
          "InstanceMetadataTags", Set.of("enabled", "disabled", NO_PREFERENCE));

  private final Upstream upstream;
  private final SwitchFile file;

  /**
   * Opens the switches.
   *
   * @param folder where they are kept; made when it is not there
   */
  public AccountSwitches(Upstream upstream, Path folder) {
    this.upstream = upstream;
    this.file = new SwitchFile(folder.resolve("account-switches.json"));
  }

  @Override
  public Set<String> operations() {
    return Set.of(
            "EnableSnapshotBlockPublicAccess",
            "DisableSnapshotBlockPublicAccess",
            "GetSnapshotBlockPublicAccessState",
            "EnableImageBlockPublicAccess",
            "DisableImageBlockPublicAccess",
            "GetImageBlockPublicAccessState",
            "ModifyInstanceMetadataDefaults",
            "GetInstanceMetadataDefaults")
        .stream()
        .map("ec2:"::concat)
        .collect(Collectors.toSet());
  }

  @Override
  public AwsAnswer answer(AwsRequest request) {
    Map<String, String> form =
        Forms.parse(
            request.body().text().isEmpty()
                ? request.path().substring(request.path().indexOf('?') + 1)
                : request.body().text());
    if (Boolean.parseBoolean(form.get("DryRun"))) {
      throw new ServiceException(
          412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
    }
    String place = upstream.account(request.accessKey()) + "/" + request.region();
    String members =
        switch (request.operation()) {
          case "EnableSnapshotBlockPublicAccess" ->
              element(
                  "state",
                  put(
                      place,
                      "snapshots",
                      chosen(form, "State", Set.of("block-all-sharing", "block-new-sharing"))));
          case "DisableSnapshotBlockPublicAccess" ->
              element("state", put(place, "snapshots", UNBLOCKED));
          case "GetSnapshotBlockPublicAccessState" ->
              element("state", get(place, "snapshots")) + element("managedBy", "account");
          case "EnableImageBlockPublicAccess" ->
              element(
                  "imageBlockPublicAccessState",
                  put(
                      place,
                      "images",
                      chosen(form, "ImageBlockPublicAccessState", Set.of("block-new-sharing"))));
          case "DisableImageBlockPublicAccess" ->
              element("imageBlockPublicAccessState", put(place, "images", UNBLOCKED));
          case "GetImageBlockPublicAccessState" ->
              element("imageBlockPublicAccessState", get(place, "images"))
                  + element("managedBy", "account");
          case "ModifyInstanceMetadataDefaults" -> modifyMetadata(place, form);
          case "GetInstanceMetadataDefaults" -> metadata(place);
          default -> throw new IllegalArgumentException(request.name());
        };
    return response(request.operation(), members);
  }

  private String put(String place, String name, String value) {
    file.put(place, Map.of(name, value));
    return value;
  }

  private String get(String place, String name) {
    return file.get(place).getOrDefault(name, UNBLOCKED);
  }

  private String modifyMetadata(String place, Map<String, String> form) {
    Map<String, String> changes =
        METADATA.keySet().stream()
            .filter(form::containsKey)
            .collect(
                Collectors.toMap(name -> name, name -> chosen(form, name, METADATA.get(name))));
    String hops = form.get("HttpPutResponseHopLimit");
    if (hops != null) {
      changes.put("HttpPutResponseHopLimit", checkedHops(hops));
    }
    file.put(place, changes);
    return element("return", "true");
  }

  private static String checkedHops(String hops) {
    boolean valid =
        hops.matches("-1|\\d{1,2}")
            && Integer.parseInt(hops) != 0
            && Integer.parseInt(hops) <= MOST_HOPS;
    if (!valid) {
      throw invalid("HttpPutResponseHopLimit", hops);
    }
    return hops;
  }

  private String metadata(String place) {
    var members = new StringBuilder();
    Map<String, String> kept = file.get(place);
    for (String name :
        List.of("HttpTokens", "HttpPutResponseHopLimit", "HttpEndpoint", "InstanceMetadataTags")) {
      String value = kept.getOrDefault(name, NO_PREFERENCE);
      if (!value.equals(NO_PREFERENCE) && !value.equals("-1")) {
        members.append(element(Character.toLowerCase(name.charAt(0)) + name.substring(1), value));
      }
    }
    if (!members.isEmpty()) {
      members.append(element("managedBy", "account"));
    }
    return "<accountLevel>" + members + "</accountLevel>";
  }

  private static String chosen(
      Map<String, String> form, String name, @Nullable Set<String> allowed) {
    String value = form.get(name);
    if (value == null) {
      throw new ServiceException(
          400, "MissingParameter", "The request must contain the parameter " + name);
    }
    if (allowed == null || !allowed.contains(value)) {
      throw invalid(name, value);
    }
    return value;
  }

  private static ServiceException invalid(String name, String value) {
    return new ServiceException(
        400, "InvalidParameterValue", "Invalid value '" + value + "' for " + name);
  }

  private static String element(String name, String value) {
    return "<" + name + ">" + Xml.text(value) + "</" + name + ">";
  }

  private static AwsAnswer response(String operation, String members) {
    String body =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <%1$sResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">\
        <requestId>%2$s</requestId>%3$s</%1$sResponse>
        """
            .formatted(operation, UUID.randomUUID(), members);
    return new AwsAnswer(
        200, Map.of("content-type", List.of("text/xml;charset=UTF-8")), Body.of(body));
  }
}
