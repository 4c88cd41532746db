package dev.cloudmend.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Breaks an emulated account on purpose: one bucket, one security group, one password policy. */
public final class Seed {

  static final String BUCKET = "cloudmend-demo-reports";
  private static final String REGION = "us-east-1";
  private static final String SAMPLE_GROUP = "sg-0123456789abcdef0";

  private Seed() {}

  /**
   * Makes the broken resources and the events that tell of them.
   *
   * @param folder where the events are written
   * @return the files of the events
   */
  public static List<Path> plant(URI emulator, ProjectFiles files, Path folder) {
    requireLoopback(emulator);
    try (WritingClients clients =
        WritingClients.open(new AwsConnection(Optional.of(emulator), REGION, Optional.empty()))) {
      write(clients, "s3", "CreateBucket", "{\"Bucket\":\"" + BUCKET + "\"}");
      write(
          clients,
          "iam",
          "UpdateAccountPasswordPolicy",
          "{\"MinimumPasswordLength\":8,\"RequireNumbers\":true,\"RequireSymbols\":false,\"RequireUppercaseCharacters\":false,\"RequireLowercaseCharacters\":true,\"AllowUsersToChangePassword\":true,\"MaxPasswordAge\":60}");
      String group = group(clients);
      return List.of(
          event(files, folder, "vanta/s3-public-access-block.json", group),
          event(files, folder, "vanta/iam-password-policy.json", group),
          event(files, folder, "cloudtrail/ec2-authorize-ssh-from-world.json", group));
    }
  }

  private static String group(WritingClients clients) {
    JsonNode vpcs =
        clients
            .reader()
            .read(
                new ApiCall(
                    "ec2",
                    "DescribeVpcs",
                    REGION,
                    Json.parseObject(
                        "{\"Filters\":[{\"Name\":\"is-default\",\"Values\":[\"true\"]}]}")));
    ObjectNode create = Json.object();
    create.put("GroupName", "cloudmend-demo-bastion");
    create.put("Description", "Broken on purpose: SSH from everywhere");
    create.put("VpcId", vpcs.at("/Vpcs/0/VpcId").asText());
    String group =
        clients
            .writer()
            .write(new ApiCall("ec2", "CreateSecurityGroup", REGION, create))
            .path("GroupId")
            .asText();
    ObjectNode ingress = Json.object();
    ingress.put("GroupId", group);
    ingress.set(
        "IpPermissions",
        Json.parse(
            "[{\"IpProtocol\":\"tcp\",\"FromPort\":22,\"ToPort\":22,\"IpRanges\":[{\"CidrIp\":\"0.0.0.0/0\",\"Description\":\"temporary\"},{\"CidrIp\":\"10.0.0.0/8\",\"Description\":\"office network\"}]},{\"IpProtocol\":\"tcp\",\"FromPort\":443,\"ToPort\":443,\"IpRanges\":[{\"CidrIp\":\"0.0.0.0/0\",\"Description\":\"public site\"}]}]"));
    clients.writer().write(new ApiCall("ec2", "AuthorizeSecurityGroupIngress", REGION, ingress));
    return group;
  }

  private static void write(
      WritingClients clients, String service, String operation, String parameters) {
    String region = service.equals("iam") ? Target.GLOBAL : REGION;
    clients.writer().write(new ApiCall(service, operation, region, Json.parseObject(parameters)));
  }

  private static Path event(ProjectFiles files, Path folder, String sample, String group) {
    try {
      String text = Files.readString(files.root().resolve("events").resolve(sample));
      Path file = folder.resolve(Path.of(sample).getFileName());
      Files.createDirectories(folder);
      return Files.writeString(file, text.replace(SAMPLE_GROUP, group));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy the event " + sample, e);
    }
  }

  /** What breaks resources on purpose must never reach an account that somebody uses. */
  private static void requireLoopback(URI emulator) {
    try {
      if (InetAddress.getByName(emulator.getHost()).isLoopbackAddress()) {
        return;
      }
    } catch (UnknownHostException e) {
      throw new InputException("no such host: " + emulator);
    }
    throw new InputException("broken resources are only made on this machine, not at " + emulator);
  }
}
