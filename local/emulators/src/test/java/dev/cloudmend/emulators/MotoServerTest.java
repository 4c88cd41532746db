package dev.cloudmend.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MotoServerTest {

  @TempDir private Path folder;

  private EmulatorSettings settings() {
    return EmulatorSettings.ofUser().withStateFolder(folder).withProgress(line -> {});
  }

  @Test
  void answersOnTheLoopbackAddressUntilItIsClosed() {
    MotoServer moto = MotoServer.start(settings());
    try (moto) {
      assertThat(moto.name()).matches("moto \\d+\\.\\d+\\.\\d+.*");
      assertThat(moto.endpoint().getHost()).isEqualTo("127.0.0.1");
      assertThat(moto.alive()).isTrue();
      assertThat(Servers.answers(moto.endpoint().resolve("/moto-api/data.json"))).isTrue();
      assertThat(folder.resolve("logs/moto-" + moto.endpoint().getPort() + ".log"))
          .isNotEmptyFile();
    }
    assertThat(moto.alive()).isFalse();
    assertThat(Servers.answers(moto.endpoint())).isFalse();
    assertThat(folder.resolve("logs")).isEmptyDirectory();
  }

  @Test
  void forgetsItsTablesWhenItIsReset() {
    try (var moto = MotoServer.start(settings());
        var client = Notes.client(moto.endpoint())) {
      Notes.createTable(client);
      assertThat(client.listTables().tableNames()).containsExactly(Notes.TABLE);
      moto.reset();
      assertThat(client.listTables().tableNames()).isEmpty();
    }
  }

  @Test
  void endsWithTheProcessThatStartedItEvenWhenThatIsKilled() throws Exception {
    Process owner = OtherProcess.start(MotoOwner.class, folder.toString());
    URI endpoint;
    try {
      endpoint = URI.create(owner.inputReader().readLine());
      assertThat(Servers.answers(endpoint.resolve("/moto-api/data.json"))).isTrue();
    } finally {
      owner.destroyForcibly().waitFor();
    }
    assertThat(Servers.await(Duration.ofSeconds(10), () -> !Servers.answers(endpoint))).isTrue();
  }

  @Test
  void refusesAPortThatIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, Servers.loopback())) {
      assertThatThrownBy(() -> MotoServer.start(settings().withPort(taken.getLocalPort())))
          .isInstanceOf(EmulatorException.class)
          .hasMessageContaining("Port " + taken.getLocalPort() + " cannot be used");
    }
  }

  @Test
  void namesTheWaysToGetMotoWhenThereIsNoPython() {
    assertThatThrownBy(() -> MotoServer.start(settings().withSearchPath("")))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining("no moto_server on the PATH")
        .hasMessageContaining("pip install 'moto[server]==5.2.1'")
        .hasMessageContaining("Python 3.9")
        .hasMessageContaining("--emulator localstack");
  }

  @Test
  void installsThePinnedMotoOnceWhenTheMachineHasOnlyPython() throws IOException {
    FakePrograms programs = new FakePrograms(folder.resolve("bin"));
    programs.addPythonWithoutMoto(folder.resolve("pip-arguments"));
    var settings = settings().withSearchPath(programs.searchPath());

    MotoInstallation first = MotoInstallation.find(settings);
    MotoInstallation second =
        MotoInstallation.find(
            settings.withProgress(
                line -> {
                  throw new AssertionError("installed again: " + line);
                }));

    assertThat(first.version()).isEqualTo("5.2.1");
    assertThat(first.python()).startsWith(folder.resolve("moto-5.2.1"));
    assertThat(second).isEqualTo(first);
    assertThat(Files.readString(folder.resolve("pip-arguments"))).contains("moto[server]==5.2.1");
  }

  @Test
  void showsWhatPipSaidWhenItFails() throws IOException {
    FakePrograms programs = new FakePrograms(folder.resolve("bin"));
    programs.addPythonWhosePipFails("no route to the package index");
    assertThatThrownBy(() -> MotoServer.start(settings().withSearchPath(programs.searchPath())))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining("no route to the package index")
        .hasMessageContaining("--emulator localstack");
  }

  @Test
  void showsTheEndOfTheLogWhenTheServerEndsAtOnce() throws IOException {
    FakePrograms programs = new FakePrograms(folder.resolve("bin"));
    programs.addMotoThatEnds("ImportError: broken installation");
    assertThatThrownBy(() -> MotoServer.start(settings().withSearchPath(programs.searchPath())))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining("moto 5.2.1 ended at once")
        .hasMessageContaining("ImportError: broken installation");
  }
}
