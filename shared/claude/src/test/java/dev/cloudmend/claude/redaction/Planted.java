package dev.cloudmend.claude.redaction;

import java.util.List;

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
}
