package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.store.AuditItems.Head;
import java.math.BigDecimal;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AuditItemsTest {

  private static final Instant NOW = AdvancingClock.START;

  @Property(tries = 500)
  void everyEntryIsReadBackWithTheSameItemAndHash(
      @ForAll("data") ObjectNode data, @ForAll String kind, @ForAll String actor) {
    AuditEntry entry =
        AuditItems.next(
            Head.empty(3),
            NOW,
            "inc-1",
            Values.clean(kind),
            Values.clean(actor),
            AuditItems.dataText(data));

    AuditEntry read = AuditItems.decode(AuditItems.encode(entry));

    assertThat(read).isEqualTo(entry);
    assertThat(AuditItems.hashOf(read)).isEqualTo(entry.hash());
    assertThat(AuditItems.encode(read)).isEqualTo(AuditItems.encode(entry));
  }

  @Property(tries = 200)
  void anotherChainPlaceOrPastGivesAnotherHash(
      @ForAll("data") ObjectNode data, @ForAll("heads") Head one, @ForAll("heads") Head other) {
    String text = AuditItems.dataText(data);
    String hash = AuditItems.next(one, NOW, "inc-1", "kind", "actor", text).hash();
    String otherHash = AuditItems.next(other, NOW, "inc-1", "kind", "actor", text).hash();

    assertThat(hash.equals(otherHash)).isEqualTo(one.equals(other));
  }

  @Provide
  Arbitrary<Head> heads() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.longs().between(0, 2),
            Arbitraries.of(AuditItems.GENESIS, "sha256:1"))
        .as(Head::new);
  }

  @Provide
  Arbitrary<ObjectNode> data() {
    Arbitrary<String> names = Arbitraries.strings().ofMaxLength(10).map(Values::clean);
    Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(20);
    Arbitrary<BigDecimal> numbers = Arbitraries.bigDecimals().ofScale(6);
    Arbitrary<Double> doubles = Arbitraries.doubles();
    return Combinators.combine(names, texts, numbers, doubles)
        .as(
            (name, text, number, real) -> {
              ObjectNode data = Json.object().put(name + "1", text).put(name + "2", number);
              data.putArray("list").add(real).add(text).addNull();
              data.putObject("object").put(name, real).putNull("nothing");
              return data;
            });
  }
}
