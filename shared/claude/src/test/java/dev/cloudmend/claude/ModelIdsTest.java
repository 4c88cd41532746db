package dev.cloudmend.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelIdsTest {

  @ParameterizedTest
  @CsvSource({
    "us-east-1, us.",
    "us-west-2, us.",
    "us-gov-west-1, us-gov.",
    "eu-central-1, eu.",
    "eu-north-1, eu.",
    "ap-northeast-1, jp.",
    "ap-northeast-3, jp.",
    "ap-northeast-2, global.",
    "ap-southeast-2, au.",
    "ap-southeast-4, au.",
    "ap-southeast-1, global.",
    "ap-south-1, global.",
    "ca-central-1, global.",
    "sa-east-1, global.",
    "me-central-1, global."
  })
  void theDefaultIsSonnetThroughTheProfileOfTheRegion(String region, String prefix) {
    assertThat(ModelIds.of(Optional.empty(), region))
        .isEqualTo(prefix + "anthropic.claude-sonnet-4-5-20250929-v1:0");
  }

  @Test
  void aConfiguredIdIsUsedAsItIsWritten() {
    String arn = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abc";

    assertThat(ModelIds.of(Optional.of(arn), "us-east-1")).isEqualTo(arn);
  }
}
