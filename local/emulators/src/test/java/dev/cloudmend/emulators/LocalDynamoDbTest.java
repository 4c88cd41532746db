package dev.cloudmend.emulators;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

final class LocalDynamoDbTest {

  @TempDir private Path folder;

  @Test
  void keepsWhatIsWrittenAndRefusesAWriteWhoseConditionFails() {
    try (var database = LocalDynamoDb.inMemory();
        var client = Notes.client(database.endpoint())) {
      Notes.createTable(client);
      Notes.write(client, "1", "first");

      assertThat(Notes.read(client, "1")).isEqualTo(Notes.item("1", "first"));
      assertThatThrownBy(
              () ->
                  client.putItem(
                      put ->
                          put.tableName(Notes.TABLE)
                              .item(Notes.item("1", "second"))
                              .conditionExpression("attribute_not_exists(id)")))
          .isInstanceOf(ConditionalCheckFailedException.class);
      assertThat(Notes.read(client, "1")).isEqualTo(Notes.item("1", "first"));
    }
  }

  @Test
  void answersTheOperationsThatTheStoreUses() {
    try (var database = LocalDynamoDb.inMemory();
        var client = Notes.client(database.endpoint())) {
      Notes.createTable(client);
      Notes.write(client, "1", "first");
      client.updateTimeToLive(
          ttl ->
              ttl.tableName(Notes.TABLE)
                  .timeToLiveSpecification(spec -> spec.enabled(true).attributeName("expires")));
      client.updateItem(
          update ->
              update
                  .tableName(Notes.TABLE)
                  .key(Map.of("id", AttributeValue.fromS("1")))
                  .updateExpression("ADD seen :one")
                  .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));

      assertThat(Notes.read(client, "1")).containsEntry("seen", AttributeValue.fromN("1"));
      assertThatThrownBy(
              () -> client.transactWriteItems(t -> t.transactItems(twoWritesOneRefused())))
          .isInstanceOf(TransactionCanceledException.class);
      assertThat(client.scan(scan -> scan.tableName(Notes.TABLE)).items()).hasSize(1);
      assertThat(
              client
                  .query(
                      query ->
                          query
                              .tableName(Notes.TABLE)
                              .keyConditionExpression("id = :id")
                              .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("1"))))
                  .items())
          .hasSize(1);
      assertThat(
              client
                  .executeStatement(s -> s.statement("SELECT * FROM notes WHERE id = '1'"))
                  .items())
          .hasSize(1);
      client.deleteItem(
          delete -> delete.tableName(Notes.TABLE).key(Map.of("id", AttributeValue.fromS("1"))));
      assertThat(Notes.read(client, "1")).isEmpty();
    }
  }

  private static List<TransactWriteItem> twoWritesOneRefused() {
    return List.of(
        TransactWriteItem.builder()
            .put(put -> put.tableName(Notes.TABLE).item(Notes.item("2", "second")))
            .build(),
        TransactWriteItem.builder()
            .conditionCheck(
                check ->
                    check
                        .tableName(Notes.TABLE)
                        .key(Map.of("id", AttributeValue.fromS("1")))
                        .conditionExpression("attribute_not_exists(id)"))
            .build());
  }

  @Test
  void showsTheSameTablesToEveryRegionAndKey() {
    try (var database = LocalDynamoDb.inMemory();
        var one = Notes.client(database.endpoint(), Region.US_EAST_1, "one");
        var other = Notes.client(database.endpoint(), Region.EU_WEST_1, "other")) {
      Notes.createTable(one);
      assertThat(other.listTables().tableNames()).containsExactly(Notes.TABLE);
    }
  }

  @Test
  void hasOneWinnerAmongAHundredCallers() throws Exception {
    try (var database = LocalDynamoDb.inMemory();
        var client = Notes.client(database.endpoint());
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Notes.createTable(client);
      List<Callable<Boolean>> claims =
          IntStream.range(0, 100).<Callable<Boolean>>mapToObj(n -> () -> claim(client, n)).toList();
      long winners = 0;
      for (var claim : callers.invokeAll(claims)) {
        winners += claim.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    }
  }

  private static boolean claim(DynamoDbClient client, int caller) {
    try {
      client.putItem(
          put ->
              put.tableName(Notes.TABLE)
                  .item(Notes.item("claim", "caller " + caller))
                  .conditionExpression("attribute_not_exists(id)"));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  @Test
  void listensOnTheLoopbackAddressOnly() throws IOException {
    List<InetAddress> others =
        Stream.concat(
                Stream.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 2})),
                NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress()))
            .toList();
    try (var database = LocalDynamoDb.inMemory()) {
      int port = database.endpoint().getPort();
      for (InetAddress other : others) {
        assertThatThrownBy(() -> connect(other, port)).isInstanceOf(IOException.class);
      }
      connect(Servers.loopback(), port);
    }
  }

  private static void connect(InetAddress address, int port) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
    }
  }

  @Test
  void keepsAFoldersTablesOverARestart() {
    try (var database = LocalDynamoDb.inFolder(folder);
        var client = Notes.client(database.endpoint())) {
      Notes.createTable(client);
      Notes.write(client, "1", "kept");
    }
    try (var database = LocalDynamoDb.inFolder(folder);
        var client = Notes.client(database.endpoint())) {
      assertThat(Notes.read(client, "1")).isEqualTo(Notes.item("1", "kept"));
    }
  }

  @Test
  void namesTheProcessThatHoldsTheFolderAndTakesOverWhenItIsKilled() throws Exception {
    Process holder = startHolder();
    try {
      assertThat(holder.inputReader(UTF_8).readLine()).isEqualTo("ready");
      assertThatThrownBy(() -> LocalDynamoDb.inFolder(folder, Duration.ofMillis(200)))
          .isInstanceOf(EmulatorException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("process " + holder.pid());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    try (var database = LocalDynamoDb.inFolder(folder);
        var client = Notes.client(database.endpoint())) {
      assertThat(Notes.read(client, "1")).isEqualTo(Notes.item("1", "from another process"));
    }
  }

  @Test
  void waitsForTheHolderToEndAndPrintsNothingOfItsOwn() throws Exception {
    Process holder = startHolder();
    try (var output = holder.inputReader(UTF_8)) {
      assertThat(output.readLine()).isEqualTo("ready");
      holder.outputWriter(UTF_8).close();
      LocalDynamoDb.inFolder(folder).close();
      assertThat(output.readLine()).isNull();
      assertThat(holder.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(holder.exitValue()).isZero();
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  private Process startHolder() throws IOException {
    return OtherProcess.start(FolderHolder.class, folder.toString());
  }

  @Test
  void refusesAFolderThatIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("data"), "not a folder");
    assertThatThrownBy(() -> LocalDynamoDb.inFolder(file))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining(file + " is not a folder");
  }

  @Test
  void hasNoClientThatTelemetryCouldSendWith() {
    assertThatThrownBy(
            () -> Class.forName("software.amazon.awssdk.services.pinpoint.PinpointClient"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
