package dev.cloudmend.playbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.playbooks.PlaybookInfo.Control;
import dev.cloudmend.playbooks.PlaybookInfo.Operation;
import dev.cloudmend.playbooks.fake.FakeAws;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {

  private static final String GROUP = "sg-0123456789abcdef0";
  private static final Set<String> FRAMEWORKS =
      Set.of(
          "Security Hub",
          "CIS AWS Foundations v3.0",
          "AWS Config",
          "Prowler",
          "Checkov",
          "NIST 800-53 r5",
          "SOC 2",
          "PCI DSS 4.0");

  /** Such that every playbook has something to ask for. */
  private static final Baselines BASELINES =
      new Baselines(
          PasswordBaseline.DEFAULT,
          new BucketEncryptionBaseline(
              List.of(Arn.parse("arn:aws:kms:us-east-1:111122223333:key/1234abcd"))));

  private final Catalogue catalogue = Catalogue.standard();

  /** A playbook with the accounts, all violating, that lead through every call it knows. */
  record Scenario(Playbook playbook, ResourceRef resource, List<FakeAws> accounts) {
    @Override
    public String toString() {
      return playbook.info().id();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void aPlaybookUsesTheOperationsThatItDeclaresAndNoOther(Scenario scenario) {
    Set<String> read = new HashSet<>();
    Set<String> written = new HashSet<>();
    for (FakeAws aws : scenario.accounts()) {
      Change change = violation(scenario, aws);
      assertThat(ResourceTags.of(change.target(), aws)).isPresent();
      aws.make(change);
      aws.make(undo(scenario, change, aws));
      aws.reads().forEach(call -> read.add(call.name()));
      aws.writes().forEach(call -> written.add(call.name()));
    }

    assertThat(read).isEqualTo(names(scenario.playbook().info().reads()));
    assertThat(written).isEqualTo(names(scenario.playbook().info().writes()));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void whatAChangeIsMadeToIsKnownWithoutOne(Scenario scenario) {
    for (FakeAws aws : scenario.accounts()) {
      assertThat(ResourceTarget.of(scenario.resource(), aws))
          .contains(violation(scenario, aws).target());
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void aPlaybookWritesNothingItself(Scenario scenario) {
    for (FakeAws aws : scenario.accounts()) {
      Change change = violation(scenario, aws);
      scenario.playbook().observe(change, aws);
      scenario.playbook().undo(change, aws);

      assertThat(aws.writes()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void aChangeMakesCompliantAndItsUndoLeadsToTheDeclaredState(Scenario scenario) {
    for (FakeAws aws : scenario.accounts()) {
      Playbook playbook = scenario.playbook();
      Change change = violation(scenario, aws);
      assertThat(playbook.observe(change, aws)).isEqualTo(change.before());

      aws.make(change);
      assertThat(playbook.observe(change, aws)).isEqualTo(change.after());
      assertThat(assess(scenario, aws)).isEqualTo(new Assessment.Compliant());

      Change undo = undo(scenario, change, aws);
      assertThat(undo.after()).isEqualTo(change.stateAfterUndo());
      aws.make(undo);
      assertThat(playbook.observe(change, aws)).isEqualTo(change.stateAfterUndo());
      assertThat(playbook.undo(change, aws)).isEqualTo(new Assessment.Compliant());
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void planningTwiceGivesTheSameHashAndTheStoredFormKeepsIt(Scenario scenario) {
    for (FakeAws aws : scenario.accounts()) {
      Change change = violation(scenario, aws);

      assertThat(violation(scenario, aws).hash()).isEqualTo(change.hash());
      assertThat(Json.fromTree(Json.parse(Json.write(change)), Change.class).hash())
          .isEqualTo(change.hash());
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void nothingIsTriedWithTheCredentialsOfAnotherAccount(Scenario scenario) {
    FakeAws aws = scenario.accounts().getFirst();
    Change change = violation(scenario, aws);
    int reads = aws.reads().size();
    aws.withCredentialsOf("999999999999");
    var blocked =
        new Assessment.Blocked(
            "these credentials are of account 999999999999, the finding speaks of account"
                + " 111122223333; nothing was tried");

    assertThat(assess(scenario, aws)).isEqualTo(blocked);
    assertThat(scenario.playbook().undo(change, aws)).isEqualTo(blocked);
    assertThat(aws.reads()).hasSize(reads);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void aPlaybookIsDescribedWhole(Scenario scenario) {
    PlaybookInfo info = scenario.playbook().info();

    assertThat(List.of(info.title(), info.why(), info.fix())).noneMatch(String::isBlank);
    assertThat(info.why() + info.fix()).doesNotContain("\n").doesNotContain("  ");
    assertThat(info.controls()).doesNotHaveDuplicates();
    assertThat(info.controls()).extracting(Control::framework).isSubsetOf(FRAMEWORKS);
    assertThat(info.reads()).allMatch(o -> o.service().equals(info.service()));
    assertThat(Stream.concat(info.reads().stream(), info.writes().stream()))
        .allMatch(o -> !o.iamActions().isEmpty())
        .allMatch(o -> o.iamActions().stream().allMatch(a -> a.matches("(s3|iam|ec2):[A-Z]\\w+")));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void whatAPlaybookWritesIsLookedAtAgainWhenSomebodyElseWritesIt(Scenario scenario) {
    PlaybookInfo info = scenario.playbook().info();

    assertThat(info.writes())
        .extracting(Operation::cloudTrail)
        // Taking a rule away opens nothing.
        .filteredOn(event -> !"RevokeSecurityGroupIngress".equals(event))
        .isNotEmpty()
        .isSubsetOf(info.triggers());
  }

  @Test
  void anOperationHasOneSetOfNamesWithASource() {
    var operations = new HashMap<String, Operation>();
    for (Playbook playbook : catalogue.playbooks()) {
      PlaybookInfo info = playbook.info();
      assertThat(info.reads()).allMatch(o -> o.cloudTrail() == null);
      assertThat(info.writes()).noneMatch(o -> o.cloudTrail() == null);
      Stream.concat(info.reads().stream(), info.writes().stream())
          .forEach(
              o ->
                  assertThat(operations.merge(o.service() + ":" + o.name(), o, (a, b) -> a))
                      .isEqualTo(o));
    }

    assertThat(operations.values())
        .allMatch(o -> o.source().endsWith("/reference/list_" + o.service() + ".html"));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void noChangeIsLessReversibleThanItsPlaybookSays(Scenario scenario) {
    assertThat(scenario.accounts())
        .allSatisfy(
            aws ->
                assertThat(violation(scenario, aws).reversibility())
                    .isLessThanOrEqualTo(scenario.playbook().info().reversibility()));
  }

  @Test
  void theCatalogueIsInTheOrderInWhichPlaybooksRun() {
    assertThat(catalogue.playbooks())
        .extracting(p -> p.info().id())
        .containsExactly(
            "s3-bucket-block-public-access",
            "s3-bucket-tls-only",
            "s3-bucket-default-encryption",
            "s3-bucket-versioning",
            "iam-password-policy",
            "ec2-security-group-admin-ports-world");
  }

  @Test
  void noNameMeansTwoPlaybooks() {
    Map<String, String> owners = new HashMap<>();
    for (Playbook playbook : catalogue.playbooks()) {
      PlaybookInfo info = playbook.info();
      var names = new ArrayList<>(info.aliases());
      names.add(info.id());
      names.add(info.title());
      for (String name : names) {
        String key = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        assertThat(owners.merge(key, info.id(), (a, b) -> a.equals(b) ? a : a + " and " + b))
            .as(name)
            .isEqualTo(info.id());
      }
    }
  }

  @Test
  void findsAPlaybookByItsId() {
    assertThat(catalogue.byId("s3-bucket-versioning"))
        .hasValueSatisfying(p -> assertThat(p.info().id()).isEqualTo("s3-bucket-versioning"));
    assertThat(catalogue.byId("S3-Bucket-Versioning")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "s3-bucket-block-public-access, s3-bucket-block-public-access",
    "S3 Bucket Block Public Access, s3-bucket-block-public-access",
    "s3 bucket -- BLOCK public_access!, s3-bucket-block-public-access",
    "S3.8, s3-bucket-block-public-access",
    "S3 Bucket Versioning, s3-bucket-versioning",
    "S3 bucket: TLS only, s3-bucket-tls-only",
    "[S3.5], s3-bucket-tls-only",
    "S3 Bucket Default Encryption, s3-bucket-default-encryption",
    "S3.17, s3-bucket-default-encryption",
    "[S3.14], s3-bucket-versioning",
    "IAM password policy, iam-password-policy",
    "Ensure IAM password policy prevents password reuse, iam-password-policy",
    "restricted-ssh, ec2-security-group-admin-ports-world",
    "EC2.13, ec2-security-group-admin-ports-world",
    "CKV_AWS_24, ec2-security-group-admin-ports-world"
  })
  void meetsACheckWhateverItsCaseHyphensAndPunctuation(String check, String id) {
    assertThat(catalogue.byCheck(check)).extracting(p -> p.info().id()).containsExactly(id);
  }

  @Test
  void knowsNoCheckThatItDoesNotAnswerTo() {
    assertThat(catalogue.byCheck("S3 Bucket Access Logging")).isEmpty();
    assertThat(catalogue.byCheck("")).isEmpty();
    assertThat(catalogue.byCheck("!?")).isEmpty();
  }

  @Test
  void anEventIsAssessedByEveryPlaybookThatItConcerns() {
    assertThat(catalogue.byTrigger("CreateBucket"))
        .extracting(p -> p.info().id())
        .containsExactly(
            "s3-bucket-block-public-access",
            "s3-bucket-tls-only",
            "s3-bucket-default-encryption",
            "s3-bucket-versioning");
    assertThat(catalogue.byTrigger("DeleteBucketPolicy"))
        .extracting(p -> p.info().id())
        .containsExactly("s3-bucket-tls-only");
    assertThat(catalogue.byTrigger("AuthorizeSecurityGroupIngress"))
        .extracting(p -> p.info().id())
        .containsExactly("ec2-security-group-admin-ports-world");
    assertThat(catalogue.byTrigger("RevokeSecurityGroupIngress")).isEmpty();
  }

  static Stream<Scenario> scenarios() {
    return Catalogue.standard().playbooks().stream()
        .map(
            playbook ->
                switch (playbook.info().id()) {
                  case "s3-bucket-block-public-access" ->
                      scenario(playbook, "arn:aws:s3:::shop", bucket("{}"), bucketWithPolicyOff());
                  case "s3-bucket-tls-only" ->
                      scenario(playbook, "arn:aws:s3:::shop", bucket("{}"), bucketWithPolicy());
                  case "s3-bucket-default-encryption" ->
                      scenario(
                          playbook,
                          "arn:aws:s3:::shop",
                          bucket("{}"),
                          bucketThatTellsItsEncryption());
                  case "s3-bucket-versioning" ->
                      scenario(
                          playbook,
                          "arn:aws:s3:::shop",
                          bucket("{}"),
                          bucket("{\"Status\": \"Suspended\"}"));
                  case "iam-password-policy" ->
                      scenario(
                          playbook,
                          "arn:aws:iam::111122223333:root",
                          new FakeAws(),
                          passwordPolicy());
                  case "ec2-security-group-admin-ports-world" ->
                      scenario(
                          playbook,
                          "arn:aws:ec2:eu-central-1:111122223333:security-group/" + GROUP,
                          openGroup());
                  default -> throw new AssertionError("no scenario for " + playbook.info().id());
                });
  }

  private static Scenario scenario(Playbook playbook, String arn, FakeAws... accounts) {
    return new Scenario(
        playbook, new ResourceRef(Arn.parse(arn), FakeAws.ACCOUNT, "us-east-1"), List.of(accounts));
  }

  private static FakeAws bucket(String versioning) {
    var aws = new FakeAws();
    aws.s3().bucket("shop").versioning = Json.parseObject(versioning);
    return aws;
  }

  private static FakeAws bucketWithPolicyOff() {
    var aws = new FakeAws();
    aws.s3().bucket("shop").publicAccessBlock =
        Json.parseObject(
            """
            {"BlockPublicAcls": true, "IgnorePublicAcls": true,
             "BlockPublicPolicy": false, "RestrictPublicBuckets": false}""");
    return aws;
  }

  private static FakeAws bucketWithPolicy() {
    var aws = new FakeAws();
    aws.s3().bucket("shop").policy =
        """
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS":
         "111122223333"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::shop/*"}}""";
    return aws;
  }

  private static FakeAws bucketThatTellsItsEncryption() {
    var aws = new FakeAws();
    aws.s3().bucket("shop").encryption =
        Json.parseObject(
            """
            {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
             "BucketKeyEnabled": false, "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]}}]}""");
    return aws;
  }

  private static FakeAws passwordPolicy() {
    var aws = new FakeAws();
    aws.iam().passwordPolicy =
        Json.parseObject(
            """
            {"MinimumPasswordLength": 8, "RequireSymbols": false, "RequireNumbers": false,
             "RequireUppercaseCharacters": false, "RequireLowercaseCharacters": false,
             "AllowUsersToChangePassword": true, "HardExpiry": false, "MaxPasswordAge": 90}""");
    return aws;
  }

  private static FakeAws openGroup() {
    var aws = new FakeAws();
    aws.ec2().group(GROUP);
    aws.ec2()
        .rule(
            GROUP,
            """
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "0.0.0.0/0",
             "Tags": [{"Key": "owner", "Value": "web"}]}""");
    aws.ec2().rule(GROUP, "{\"IpProtocol\": \"-1\", \"CidrIpv6\": \"::/0\"}");
    return aws;
  }

  private static Assessment assess(Scenario scenario, FakeAws aws) {
    return scenario.playbook().assess(scenario.resource(), BASELINES, aws);
  }

  private static Change violation(Scenario scenario, FakeAws aws) {
    return assertThat(assess(scenario, aws))
        .asInstanceOf(type(Assessment.Violating.class))
        .actual()
        .change();
  }

  private static Change undo(Scenario scenario, Change change, FakeAws aws) {
    return assertThat(scenario.playbook().undo(change, aws))
        .asInstanceOf(type(Assessment.Violating.class))
        .actual()
        .change();
  }

  private static Set<String> names(List<Operation> operations) {
    var names = new HashSet<String>();
    operations.forEach(
        o -> names.add(new ApiCall(o.service(), o.name(), "x", Json.object()).name()));
    return names;
  }
}
