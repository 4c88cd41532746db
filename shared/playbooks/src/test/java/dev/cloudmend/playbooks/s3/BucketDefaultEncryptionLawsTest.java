package dev.cloudmend.playbooks.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.BucketEncryptionBaseline;
import dev.cloudmend.playbooks.PasswordBaseline;
import dev.cloudmend.playbooks.fake.FakeAws;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BucketDefaultEncryptionLawsTest {

  private static final String ALGORITHM =
      "/Rules/0/ApplyServerSideEncryptionByDefault/SSEAlgorithm";
  private static final ResourceRef RESOURCE =
      new ResourceRef(Arn.parse("arn:aws:s3:::shop"), FakeAws.ACCOUNT, "us-east-1");

  private final BucketDefaultEncryption playbook = new BucketDefaultEncryption();

  @Property(tries = 500)
  void onlyAes256IsReplacedAndOnlyByAKeyOfKms(
      @ForAll("configurations") Optional<ObjectNode> configuration,
      @ForAll("baselines") Baselines baselines) {
    FakeAws aws = account(configuration);

    Assessment assessment = playbook.assess(RESOURCE, baselines, aws);

    boolean kms = configuration.map(c -> c.at(ALGORITHM).asText()).orElse("").startsWith("aws:kms");
    if (kms || !baselines.bucketEncryption().requiresKms()) {
      assertThat(assessment).isEqualTo(new Assessment.Compliant());
    } else if (assessment instanceof Assessment.Violating(Change change)) {
      assertThat(
              change
                  .apply()
                  .getFirst()
                  .parameters()
                  .at("/ServerSideEncryptionConfiguration" + ALGORITHM)
                  .asText())
          .isEqualTo("aws:kms");
    } else {
      assertThat(assessment).isInstanceOf(Assessment.Blocked.class);
    }
  }

  @Property(tries = 500)
  void appliedItIsCompliantAndUndoneItIsAsBefore(
      @ForAll("configurations") Optional<ObjectNode> configuration,
      @ForAll("baselines") Baselines baselines) {
    FakeAws aws = account(configuration.map(ObjectNode::deepCopy));

    if (playbook.assess(RESOURCE, baselines, aws) instanceof Assessment.Violating(Change change)) {
      assertThat(playbook.observe(change, aws)).isEqualTo(change.before());
      aws.make(change);
      assertThat(playbook.observe(change, aws)).isEqualTo(change.after());
      assertThat(playbook.assess(RESOURCE, baselines, aws)).isEqualTo(new Assessment.Compliant());

      assertThat(playbook.undo(change, aws))
          .isInstanceOfSatisfying(Assessment.Violating.class, undo -> aws.make(undo.change()));
      assertThat(Optional.ofNullable(aws.s3().bucket("shop").encryption)).isEqualTo(configuration);
    }
  }

  @Provide
  Arbitrary<Optional<ObjectNode>> configurations() {
    return Combinators.combine(
            Arbitraries.of("AES256", "AES256", "AES256", "aws:kms", "aws:kms:dsse", "aws:fsx"),
            Arbitraries.of(true, false).injectNull(0.3),
            Arbitraries.of("SSE-C", "NONE").injectNull(0.5))
        .as(
            (algorithm, bucketKey, blocked) -> {
              ObjectNode rule = Json.object();
              rule.putObject("ApplyServerSideEncryptionByDefault").put("SSEAlgorithm", algorithm);
              if (bucketKey != null) {
                rule.put("BucketKeyEnabled", bucketKey);
              }
              if (blocked != null) {
                rule.putObject("BlockedEncryptionTypes").putArray("EncryptionType").add(blocked);
              }
              ObjectNode configuration = Json.object();
              configuration.putArray("Rules").add(rule);
              return configuration;
            })
        .optional(0.8);
  }

  @Provide
  Arbitrary<Baselines> baselines() {
    return Arbitraries.of(
            "arn:aws:kms:us-east-1:111122223333:key/1",
            "arn:aws:kms:us-east-1:444455556666:key/2",
            "arn:aws:kms:eu-west-1:111122223333:key/3",
            "arn:aws-cn:kms:us-east-1:111122223333:key/4")
        .map(Arn::parse)
        .list()
        .ofMaxSize(4)
        .map(
            keys ->
                new Baselines(
                    PasswordBaseline.DEFAULT, new BucketEncryptionBaseline(List.copyOf(keys))));
  }

  private static FakeAws account(Optional<ObjectNode> configuration) {
    var aws = new FakeAws();
    aws.s3().bucket("shop").encryption = configuration.orElse(null);
    return aws;
  }
}
