package dev.cloudmend.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EmulatorKindTest {

  @Test
  void isReadWhateverItsCase() {
    assertThat(EmulatorKind.parse("Moto")).isEqualTo(EmulatorKind.MOTO);
    assertThat(EmulatorKind.parse("localstack")).isEqualTo(EmulatorKind.LOCALSTACK);
    assertThat(EmulatorKind.LOCALSTACK.word()).isEqualTo("localstack");
  }

  @Test
  void namesWhatWasExpectedInPlaceOfAnUnknownOne() {
    assertThatThrownBy(() -> EmulatorKind.parse("minio"))
        .isInstanceOf(EmulatorException.class)
        .hasMessage("Unknown emulator 'minio'; expected moto or localstack");
  }

  @Test
  void takesNoPortOutOfRange() {
    assertThatThrownBy(() -> EmulatorSettings.ofUser().withPort(65_536))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining("65536");
  }

  @Test
  void keepsStateWhereThePlatformKeepsIt() {
    Path home = Path.of("/home/ada");
    assertThat(StateFolder.of("Linux", home, Map.of()))
        .isEqualTo(home.resolve(".local/state/cloudmend"));
    assertThat(StateFolder.of("Linux", home, Map.of("XDG_STATE_HOME", "/data/state")))
        .isEqualTo(Path.of("/data/state/cloudmend"));
    assertThat(StateFolder.of("Linux", home, Map.of("XDG_STATE_HOME", "relative")))
        .isEqualTo(home.resolve(".local/state/cloudmend"));
    assertThat(StateFolder.of("Mac OS X", home, Map.of()))
        .isEqualTo(home.resolve("Library/Application Support/cloudmend"));
  }
}
