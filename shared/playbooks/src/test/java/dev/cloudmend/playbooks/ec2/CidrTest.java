package dev.cloudmend.playbooks.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.model.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @Test
  void readsBothFamilies() {
    assertThat(Cidr.parse("0.0.0.0/0").isEverything()).isTrue();
    assertThat(Cidr.parse("::/0").isEverything()).isTrue();
    assertThat(Cidr.parse("0:0:0:0:0:0:0:0/0")).isEqualTo(Cidr.parse("::/0"));
    assertThat(Cidr.parse("10.1.2.3/8")).isEqualTo(Cidr.parse("10.0.0.0/8"));
    assertThat(Cidr.parse("2001:DB8::/32").contains(Cidr.parse("2001:db8:1::/48"))).isTrue();
    assertThat(Cidr.parse("::ffff:192.0.2.1/128").first().bitLength()).isEqualTo(48);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/33",
        "10.0.0/8",
        "256.0.0.0/8",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "::/129",
        "1::2::3/64",
        "fe80::1%eth0/64",
        "example.com/8",
        "example.com:22/8",
        "/0"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is not a range of addresses");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/8",
        "10.20.0.0/16",
        "172.31.0.0/16",
        "192.168.1.0/24",
        "100.64.0.0/10",
        "169.254.169.254/32",
        "fd00::/8",
        "fe80::/64"
      })
  void knowsPrivateRanges(String text) {
    assertThat(Cidr.parse(text).isPrivate()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0/7", "172.32.0.0/16", "0.0.0.0/0", "203.0.113.0/24", "2001:db8::/32"})
  void knowsThatTheRestIsNot(String text) {
    assertThat(Cidr.parse(text).isPrivate()).isFalse();
  }

  @Test
  void halvesAreTheWorldTogetherAndNotAlone() {
    assertThat(covers("0.0.0.0/1", "128.0.0.0/1")).isTrue();
    assertThat(covers("128.0.0.0/1", "0.0.0.0/2", "64.0.0.0/2")).isTrue();
    assertThat(covers("0.0.0.0/1")).isFalse();
    assertThat(covers("0.0.0.0/1", "0.0.0.0/1")).isFalse();
    assertThat(covers("0.0.0.0/1", "128.0.0.0/2")).isFalse();
    assertThat(covers("10.0.0.0/8", "192.168.0.0/16")).isFalse();
    assertThat(Cidr.coverTheInternet(true, List.of(Cidr.parse("::/1"), Cidr.parse("8000::/1"))))
        .isTrue();
    assertThat(Cidr.coverTheInternet(true, List.of(Cidr.parse("::/1")))).isFalse();
    assertThat(Cidr.coverTheInternet(false, List.of())).isFalse();
  }

  @Property(tries = 100)
  void whatIsLeftOfTheWorldIsAGapUnlessItIsPrivate(
      @ForAll @IntRange(max = 255) int network, @ForAll @IntRange(min = 1, max = 8) int prefix) {
    Cidr gap = Cidr.parse(network + ".0.0.0/" + prefix);
    var rest = new ArrayList<Cidr>();
    for (int i = 0; i < 256; i++) {
      Cidr block = Cidr.parse(i + ".0.0.0/8");
      if (!gap.contains(block)) {
        rest.add(block);
      }
    }

    assertThat(Cidr.coverTheInternet(false, rest)).isEqualTo(gap.isPrivate());
    rest.add(gap);
    assertThat(Cidr.coverTheInternet(false, rest)).isTrue();
  }

  private static boolean covers(String... ranges) {
    return Cidr.coverTheInternet(false, Arrays.stream(ranges).map(Cidr::parse).toList());
  }
}
