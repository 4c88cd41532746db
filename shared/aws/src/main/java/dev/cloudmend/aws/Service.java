package dev.cloudmend.aws;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The services whose calls can be made from data. */
enum Service {
  EC2("ec2", "ec2", "Ec2"),
  IAM("iam", "iam", "Iam"),
  S3("s3", "s3api", "S3"),
  S3CONTROL("s3control", "s3control", "S3Control"),
  STS("sts", "sts", "Sts");

  private static final String SDK = "software.amazon.awssdk.services.";

  private final String id;
  private final String cliName;
  private final String sdkName;

  Service(String id, String cliName, String sdkName) {
    this.id = id;
    this.cliName = cliName;
    this.sdkName = sdkName;
  }

  /** As {@link dev.cloudmend.model.ApiCall#service()} has it. */
  String id() {
    return id;
  }

  /** The AWS CLI's command. */
  String cliName() {
    return cliName;
  }

  /** The name of the client interface's class. */
  String clientClass() {
    return SDK + id + "." + sdkName + "Client";
  }

  /** The package of the requests and responses. */
  String modelPackage() {
    return SDK + id + ".model";
  }

  static Optional<Service> byId(String id) {
    return Arrays.stream(values()).filter(s -> s.id.equals(id)).findFirst();
  }

  /** By the name that the SDK tells its interceptors. */
  static Optional<Service> bySdkName(String name) {
    return Arrays.stream(values()).filter(s -> s.sdkName.equals(name)).findFirst();
  }

  /** By a request's, a response's or one of their parts' class. */
  static Optional<Service> byModelClass(Class<?> type) {
    return Arrays.stream(values())
        .filter(s -> s.modelPackage().equals(type.getPackageName()))
        .findFirst();
  }

  static String ids() {
    return Arrays.stream(values()).map(Service::id).collect(Collectors.joining(", "));
  }
}
