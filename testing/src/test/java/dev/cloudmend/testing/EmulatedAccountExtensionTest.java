package dev.cloudmend.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventType;

final class EmulatedAccountExtensionTest {

  private static final List<URI> ENDPOINTS = new CopyOnWriteArrayList<>();

  @BeforeEach
  void forget() {
    ENDPOINTS.clear();
  }

  @Test
  void sharesOneServerAmongClassesAndEmptiesItBetweenThem() throws Exception {
    var run =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter("junit.jupiter.conditions.deactivate", "*")
            .selectors(selectClass(OneUser.class), selectClass(AnotherUser.class))
            .execute();

    run.testEvents().assertStatistics(tests -> tests.succeeded(4).failed(0).skipped(0));
    assertThat(ENDPOINTS).hasSize(4);
    assertThat(ENDPOINTS.stream().distinct()).hasSize(1);
    assertThat(
            run.allEvents().stream()
                .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED))
        .hasSize(2);
    assertThat(Files.readString(Path.of("target/emulator.txt")))
        .matches("Emulated account \\d{12}: (moto|localstack) \\d+\\..*\\n");
  }

  @WithEmulatedAccount
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static final class OneUser {

    @Test
    void findsNoBucketAndMakesOne(EmulatedAccount account) {
      makeTheOnlyBucket(account);
    }

    @Test
    void knowsItsAccount(EmulatedAccount account) {
      ENDPOINTS.add(account.endpoint());
      assertThat(account.accountId()).isIn("123456789012", "000000000000");
    }

    @Nested
    final class Inside {

      @Test
      void stillSeesTheBucket(EmulatedAccount account) {
        ENDPOINTS.add(account.endpoint());
        try (var s3 = Clients.s3(account.endpoint())) {
          assertThat(s3.listBuckets().buckets()).hasSize(1);
        }
      }
    }
  }

  @WithEmulatedAccount
  static final class AnotherUser {

    @Test
    void findsNoBucketEither(EmulatedAccount account) {
      makeTheOnlyBucket(account);
    }
  }

  private static void makeTheOnlyBucket(EmulatedAccount account) {
    ENDPOINTS.add(account.endpoint());
    try (var s3 = Clients.s3(account.endpoint())) {
      assertThat(s3.listBuckets().buckets()).isEmpty();
      s3.createBucket(bucket -> bucket.bucket("left-behind"));
    }
  }
}
