package dev.cloudmend.terraform.locate;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small states and the resources that findings name, for tests. */
final class States {

  static final String ACCOUNT = "111122223333";

  private States() {}

  static ResourceRef resource(String arn) {
    return new ResourceRef(Arn.parse(arn), ACCOUNT, "eu-west-1");
  }

  static ResourceRef bucket(String name) {
    return resource("arn:aws:s3:::" + name);
  }

  static ResourceRef ec2(String part) {
    return resource("arn:aws:ec2:eu-west-1:" + ACCOUNT + ":" + part);
  }

  static ResourceRef iam(String part) {
    return resource("arn:aws:iam::" + ACCOUNT + ":" + part);
  }

  /** What a state has under one address. */
  static StateResource at(String address, String attributes) {
    String type = Address.parse(address).orElseThrow().type();
    return new StateResource(Way.STATE, address, type, Json.parseObject(attributes));
  }

  /** What the text of a state holds, read from a file. */
  static List<StateResource> read(Path folder, String text) {
    try {
      Path file = Files.writeString(folder.resolve("any.tfstate"), text);
      return StateFiles.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
