package dev.cloudmend.githost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SshProgramTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ssh://git@example.com/x.git      | -o BatchMode=yes -- git@example.com git-upload-pack 'x'
          ssh://example.com:2222/x.git     | -o BatchMode=yes -p 2222 -- example.com git-upload-pack 'x'
          git@example.com:acme/x.git       | -o BatchMode=yes -- git@example.com git-upload-pack 'x'
          ssh://-oProxyCommand=evil/x.git  | -o BatchMode=yes -- -oProxyCommand=evil git-upload-pack 'x'
          """)
  void asksTheProgramForTheHostAndNeverForAnOptionOfIt(String url, String arguments)
      throws IOException, URISyntaxException {
    RemoteSession session =
        new SshProgram("echo").getSession(new URIish(url), null, FS.DETECTED, 0);

    Process process = session.exec("git-upload-pack 'x'", 0);

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).strip())
        .isEqualTo(arguments);
    session.disconnect();
  }
}
