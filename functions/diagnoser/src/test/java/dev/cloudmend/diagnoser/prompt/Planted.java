package dev.cloudmend.diagnoser.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Values that must not leave the account; none of them is anybody's. */
final class Planted {

  static final String ACCOUNT = "428571428571";
  static final String OTHER_ACCOUNT = "909090131313";
  // In parts, so that scanners of sources do not take them for leaked ones.
  static final String ACCESS_KEY = "AKIA" + "Q3EGWKTZ7NR5XDLM";
  static final String SECRET_KEY = "uV8c/Zq3tKx+Lw5RyNb7Pd2Hf9Gs4Jm6" + "Te1Wa0Bi";
  static final String SESSION_TOKEN =
      "IQoJb3JpZ2luX2VjEJr" + "1zX9kQ7vT2mR8wY4nB6pL0sD3fG5hJ7kZ/x+Cq1Vw9Eu2Ri8To4Py6Al==";
  static final String GITHUB_TOKEN = "ghp_" + "x7Kq2Vt9Zm4Rw8Yb3Nc6Pd1Lf5Gh0JsQeUiA";
  static final String EMAIL = "wilhelmina.oduya@fabrikam-payroll.example";
  static final String IPV4 = "198.51.100.237";
  static final String IPV6 = "2001:db8:85a3::8a2e:370:7334";
  static final String USER = "zenobia.quartz";
  static final String SESSION = "ottoline-nightshift";
  static final String BUCKET = "fabrikam-ledger-7731";
  static final String HOST = "vault07.fabrikam-core.internal";

  static final List<String> ALL =
      List.of(
          ACCOUNT,
          OTHER_ACCOUNT,
          ACCESS_KEY,
          SECRET_KEY,
          SESSION_TOKEN,
          GITHUB_TOKEN,
          EMAIL,
          IPV4,
          IPV6,
          USER,
          SESSION,
          BUCKET,
          HOST);

  /** What must not come back either. */
  static final List<String> SECRETS = List.of(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, GITHUB_TOKEN);

  static final String SESSION_ARN =
      "arn:aws:sts::" + ACCOUNT + ":assumed-role/Developer/" + SESSION;
  static final String USER_ARN = "arn:aws:iam::" + OTHER_ACCOUNT + ":user/finance/" + USER;
  static final String BUCKET_ARN = "arn:aws:s3:::" + BUCKET;

  private Planted() {}

  /** Every value in one sentence. */
  static String sentence() {
    return "Planted: " + String.join(" and ", ALL) + ".";
  }

  /** A policy that names them, as a live resource has it. */
  static ObjectNode policy() {
    return Json.parseObject(
        """
        {"Version": "2012-10-17", "Statement": [{"Sid": "%s", "Effect": "Allow",
          "Principal": {"AWS": ["%s", "%s", "%s"]}, "Action": "s3:GetObject",
          "Resource": ["%s/*"],
          "Condition": {"IpAddress": {"aws:SourceIp": ["%s/32", "%s/128", "10.0.0.0/8"]},
            "StringEquals": {"aws:username": "%s", "aws:userid": "AROAQ3EGWKTZ7NR5XDLM:%s"}}}]}"""
            .formatted(
                EMAIL,
                SESSION_ARN,
                USER_ARN,
                OTHER_ACCOUNT,
                BUCKET_ARN,
                IPV4,
                IPV6,
                USER,
                SESSION));
  }

  /** Members in every form and depth that sources use. */
  static ObjectNode facts() {
    ObjectNode facts = Json.object();
    ObjectNode parameters = facts.putObject("requestParameters");
    parameters.put("bucketName", BUCKET);
    parameters.put("Host", BUCKET + ".s3.eu-central-1.amazonaws.com");
    parameters.put("userName", USER);
    parameters.put("roleSessionName", SESSION);
    parameters.put("accountNumber", Long.parseLong(OTHER_ACCOUNT));
    parameters.put("policy", policy().toString());
    parameters.put(
        "policyDocument", URLEncoder.encode(policy().toString(), StandardCharsets.UTF_8));
    parameters.put(
        "twice",
        Json.object()
            .put("inner", Json.object().put("p", policy().toString()).toString())
            .toString());
    parameters.put("quoted", "they sent " + Json.write(policy().toString()) + " yesterday");
    ArrayNode tags = parameters.putArray("tags");
    for (String value : ALL) {
      tags.addObject().put("Key", value).put("Value", "x " + value + " y");
      parameters.put(value, "as a key");
    }
    JsonNode deep = Json.object().textNode(sentence());
    for (int i = 0; i < 9; i++) {
      deep = Json.object().set("level" + i, deep);
    }
    facts.set("deep", deep);
    facts.put("password", "Tr0ub4dor&3-" + "correct");
    facts.put(
        "userData",
        "export AWS_SECRET_ACCESS_KEY="
            + SECRET_KEY
            + "\nexport AWS_SESSION_TOKEN="
            + SESSION_TOKEN);
    facts.put("url", "https://deploy:" + GITHUB_TOKEN + "@" + HOST + "/repo?u=" + USER);
    facts.put("mixedCase", USER.toUpperCase(Locale.ROOT) + " " + HOST.toUpperCase(Locale.ROOT));
    return facts;
  }
}
