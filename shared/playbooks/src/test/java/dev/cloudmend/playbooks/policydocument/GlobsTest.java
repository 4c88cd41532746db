package dev.cloudmend.playbooks.policydocument;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTest {

  @ParameterizedTest
  @CsvSource({
    "*, s3:*",
    "s3:*, s3:*",
    "s3:*, s3:Get?bject",
    "s3:Get*, s3:GetObject*",
    "s3:?et*, s3:GetObject",
    "a*b*c, aXbXXc",
    "a*b*c, abbbc",
    "*c, abcabc",
    "a*, a",
    "*?, x",
    "'', ''"
  })
  void coversWhatItMatches(String pattern, String other) {
    assertThat(Globs.covers(pattern, other)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "s3:Get*, s3:*",
    "s3:Get*, s3:?et*",
    "s3:GetObject, s3:GetObject*",
    "s3:GetObject, s3:GetObjec?",
    "?, *",
    "?*, *",
    "a*b, abc",
    "ab, a",
    "'', a"
  })
  void doesNotCoverWhatIsMore(String pattern, String other) {
    assertThat(Globs.covers(pattern, other)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "*, arn:aws:s3:::shop/*, true",
    "arn:aws:s3:::*, arn:aws:s3:::shop/*, true",
    "arn:aws:s3:::shop*, arn:aws:s3:::shop/*, true",
    "arn:*:s3:::shop/*, arn:aws:s3:::shop/a:b, true",
    "arn:aws:s3:::shop/*, arn:aws:s3:::shop, false",
    "arn:aws:s3:::shop, arn:aws:s3:::shop/*, false",
    "arn:aws:s3*, arn:aws:s3:::shop, false",
    "arn:aws:*, arn:aws:s3:::shop, false",
    "arn:aws:s3:::Shop, arn:aws:s3:::shop, false",
    "arn:aws:s3:::${*}, arn:aws:s3:::${aws:username}, false",
    "arn:aws:s3:::${aws:username}, arn:aws:s3:::${aws:username}, true"
  })
  void aWildcardEndsWithItsPartOfTheArn(String pattern, String other, boolean covers) {
    assertThat(Globs.coversArn(pattern, other)).isEqualTo(covers);
  }
}
