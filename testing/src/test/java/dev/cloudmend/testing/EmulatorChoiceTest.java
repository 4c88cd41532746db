package dev.cloudmend.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.emulators.EmulatorException;
import dev.cloudmend.emulators.EmulatorKind;
import org.junit.jupiter.api.Test;

final class EmulatorChoiceTest {

  @Test
  void isLocalStackWhereDockerRunsElseMoto() {
    assertThat(EmulatorChoice.of("auto", () -> true)).isEqualTo(EmulatorKind.LOCALSTACK);
    assertThat(EmulatorChoice.of("auto", () -> false)).isEqualTo(EmulatorKind.MOTO);
  }

  @Test
  void followsThePropertyWithoutLookingForDocker() {
    assertThat(EmulatorChoice.of("moto", () -> true)).isEqualTo(EmulatorKind.MOTO);
    assertThat(EmulatorChoice.of("localstack", () -> false)).isEqualTo(EmulatorKind.LOCALSTACK);
  }

  @Test
  void refusesAnUnknownEmulator() {
    assertThatThrownBy(() -> EmulatorChoice.of("none", () -> true))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining("expected moto or localstack");
  }
}
