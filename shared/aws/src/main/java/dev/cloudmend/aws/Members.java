package dev.cloudmend.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The members of a structure by the API's names. */
final class Members {

  private Members() {}

  static Map<String, SdkField<?>> of(SdkPojo pojo) {
    var members = new LinkedHashMap<String, SdkField<?>>();
    for (SdkField<?> field : pojo.sdkFields()) {
      members.put(name(pojo, field), field);
    }
    return members;
  }

  /** The API's name; the SDK renames the few members that are words of Java. */
  static String name(SdkPojo pojo, SdkField<?> field) {
    if (!Service.EC2.modelPackage().equals(pojo.getClass().getPackageName())) {
      return field.memberName();
    }
    return switch (field.memberName()) {
      case "ReturnValue" -> "Return";
      case "PublicLaunchPermissions", "isPublic" -> "Public";
      default -> field.memberName();
    };
  }
}
