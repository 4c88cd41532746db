package dev.cloudmend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArnTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:s3:::my-bucket",
        "arn:aws-cn:s3:::my-bucket",
        "arn:aws-us-gov:ec2:us-gov-west-1:123456789012:security-group/sg-1",
        "arn:aws:iam::123456789012:user/path/jane",
        "arn:aws:iam::aws:policy/AdministratorAccess",
        "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/x:*"
      })
  void whatIsAnArnIsReadAndWrittenUnchanged(String text) {
    assertThat(Arn.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arn:aws:s3|is not an ARN",
        "not an arn|is not an ARN",
        "arn:aws:s3:::|resource",
        "arn:azure:s3:::b|partition",
        "arn:aws:S3:::b|service",
        "arn:aws:ec2:moon:123456789012:x|region",
        "arn:aws:ec2:us-east-1:1234:x|account"
      })
  void whatIsNoneIsRefusedByItsPart(String text, String part) {
    assertThatThrownBy(() -> Arn.parse(text))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(part)
        .hasMessageContaining("expected");
  }

  @Test
  void controlAndDirectionCharactersAreRefusedAndNotRepeated() {
    assertThatThrownBy(() -> Arn.parse("arn:aws:s3:::a\u001b[2Jb"))
        .hasMessageContaining("\\u001b")
        .hasMessageNotContaining("\u001b");
    assertThatThrownBy(() -> Arn.parse("arn:aws:s3:::a\u202eb")).isInstanceOf(ModelException.class);
  }

  @Test
  void tenThousandCharactersAreRefused() {
    assertThatThrownBy(() -> Arn.parse("arn:aws:s3:::" + "x".repeat(10_000)))
        .hasMessageContaining("at most 2048");
  }

  @Test
  void securityHubsAccountIsReadAsTheAccountsRoot() {
    Arn arn = Arn.parse("AWS::::Account:123456789012");

    assertThat(arn).hasToString("arn:aws:iam::123456789012:root");
    assertThat(arn.isAccount()).isTrue();
    assertThatThrownBy(() -> Arn.parse("AWS::::Account:12")).hasMessageContaining("account");
  }

  @Property
  void parsingWhatWasPrintedIsTheIdentity(@ForAll("arns") Arn arn) {
    assertThat(Arn.parse(arn.toString())).isEqualTo(arn);
    assertThat(Json.fromTree(Json.toTree(arn), Arn.class)).isEqualTo(arn);
  }

  @Provide
  Arbitrary<Arn> arns() {
    return Combinators.combine(
            Arbitraries.of("aws", "aws-cn", "aws-us-gov"),
            Arbitraries.of("s3", "ec2", "iam", "access-analyzer"),
            Arbitraries.of("", "us-east-1", "eu-central-2", "us-gov-east-1"),
            Arbitraries.of("", "123456789012", "000000000001"),
            Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(60))
        .as(Arn::new);
  }
}
