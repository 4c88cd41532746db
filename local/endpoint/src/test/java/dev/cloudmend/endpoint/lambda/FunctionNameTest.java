package dev.cloudmend.endpoint.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.endpoint.ServiceException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionNameTest {

  @ParameterizedTest
  @CsvSource({
    "f, arn:aws:lambda:eu-west-1:111122223333:function:f",
    "f:live, arn:aws:lambda:eu-west-1:111122223333:function:f:live",
    "123456789012:live, arn:aws:lambda:eu-west-1:111122223333:function:123456789012:live",
    "444455556666:function:f, arn:aws:lambda:eu-west-1:444455556666:function:f",
    "arn:aws:lambda:us-east-1:444455556666:function:f:$LATEST,"
        + " arn:aws:lambda:us-east-1:444455556666:function:f:$LATEST",
    "arn:aws-us-gov:lambda:us-gov-west-1:444455556666:function:f:7,"
        + " arn:aws-us-gov:lambda:us-gov-west-1:444455556666:function:f:7"
  })
  void eachFormOfANameGivesItsArn(String text, String arn) {
    assertThat(FunctionName.parse(text, "111122223333", "eu-west-1").arn()).isEqualTo(arn);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "../f", "f:", "f:a:b", "arn:aws:s3:::bucket"})
  void whatIsNoNameIsRefused(String text) {
    assertThatThrownBy(() -> FunctionName.parse(text, "111122223333", "eu-west-1"))
        .isInstanceOf(ServiceException.class);
  }
}
