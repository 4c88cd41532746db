package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreTest {

  @RegisterExtension final TestStore test = new TestStore();

  @Test
  void creatingTheTablesAgainKeepsWhatIsInThem() throws Exception {
    test.store().audit().append("inc-1", "opened", "cloudmend", Json.object());

    Callers.atOnce(
        i -> {
          test.store().createTables();
          return i;
        });

    assertThat(test.store().audit().ofIncident("inc-1")).hasSize(1);
  }

  @Test
  void anotherProcessSeesTheSameState() {
    test.store().safety().stop("ana", "a bad day");

    try (Store other = test.another(test.clock)) {
      assertThat(other.safety().stopped())
          .contains(new Stop("ana", AdvancingClock.START, "a bad day"));
    }
  }

  @Test
  void theSchemaIsTheFileThatTerraformReads() throws IOException {
    Path file = Path.of(System.getProperty("cloudmend.root"), "infra-terraform", "tables.json");
    JsonNode tables = Json.parse(Files.readString(file));

    assertThat(TableSchemas.schema("audit")).isEqualTo(tables.get("audit"));
    assertThat(TableSchemas.schema("state")).isEqualTo(tables.get("state"));
    assertThat(tables.at("/audit/ttl_attribute").isNull()).isTrue();
    assertThat(tables.at("/state/ttl_attribute").asText()).isEqualTo("expiresAt");
  }

  @Test
  void aStoreThatCannotBeReachedSaysWhatToCheck() throws IOException {
    var settings = new StoreSettings("audit", "state", TestStore.REGION, Optional.of(closedPort()));
    try (Store store = Store.open(settings, Clock.systemUTC())) {
      assertThatThrownBy(() -> store.leases().holder("t"))
          .isExactlyInstanceOf(StoreException.class)
          .hasMessageContaining("table state: GetItem failed:")
          .hasMessageContaining("check the endpoint, the network and the credentials");
      assertThatThrownBy(() -> store.audit().append("inc-1", "intent", "a", Json.object()))
          .isInstanceOf(AuditUnavailableException.class);
      assertThatThrownBy(store::createTables)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("table audit: CreateTable failed:");
    }
  }

  private static URI closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
