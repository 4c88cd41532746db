package dev.cloudmend.terraform.hcl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HclLawsTest {

  private static final int FILES = 1500;
  private static final Pattern PADDING = Pattern.compile(" +(?=[=#]|//)");

  @Property(tries = 2000)
  void whatWasReadIsWrittenUnchanged(@ForAll("files") String text) {
    byte[] bytes = text.getBytes(UTF_8);
    assertThat(HclFile.parse("main.tf", bytes).bytes()).isEqualTo(bytes);
  }

  @Property(tries = 2000)
  void everySpanHoldsItsChildrenInOrder(@ForAll("files") String text) {
    HclFile file = HclFile.parse("main.tf", text);
    inOrder(file.body());
  }

  @Property(tries = 3000)
  void nothingOutsideTheEditedSpansChangesButPadding(
      @ForAll("files") String text, @ForAll Random random) {
    HclFile file = HclFile.parse("main.tf", text);
    Edits edits = RandomEdits.any(file, random);
    StringBuilder spliced = new StringBuilder(text);
    edits.list().reversed().stream()
        .sorted((a, b) -> b.span().start() - a.span().start())
        .forEach(e -> spliced.replace(e.span().start(), e.span().end(), e.replacement()));

    assertThat(withoutPadding(edits.apply().text())).isEqualTo(withoutPadding(spliced.toString()));
  }

  @Property(tries = 2000)
  void aSecondTimeTheSameEditChangesNothing(
      @ForAll("files") String text, @ForAll @IntRange(max = RandomEdits.SETTING - 1) int kind) {
    HclFile once = RandomEdits.first(kind, HclFile.parse("main.tf", text)).apply();

    assertThat(RandomEdits.first(kind, once).list()).isEmpty();
  }

  @Test
  void whatTerraformFmtAcceptedItAcceptsAfterAnEdit(@TempDir Path folder) {
    Map<String, String> generated = new TreeMap<>();
    for (int seed = 0; seed < FILES; seed++) {
      generated.put("f" + seed + "_.tf", GeneratedHcl.plainFile(new Random(seed)));
    }
    Map<String, String> clean = Terraform.formatted(folder.resolve("before"), generated);
    Map<String, String> edited = new TreeMap<>();
    clean.forEach(
        (name, text) ->
            edited.put(
                name,
                RandomEdits.any(HclFile.parse(name, text), new Random(name.hashCode()))
                    .apply()
                    .text()));

    assertThat(clean).hasSize(FILES);
    assertThat(Terraform.check(folder.resolve("after"), edited)).isEmpty();
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.randomValue(GeneratedHcl::file);
  }

  private static String withoutPadding(String text) {
    return PADDING.matcher(text).replaceAll("");
  }

  private static void inOrder(Body body) {
    int at = body.span().start();
    for (BodyItem item : body.items()) {
      assertThat(item.span().start()).isGreaterThanOrEqualTo(at);
      at = item.span().end();
      assertThat(body.span().contains(item.span())).isTrue();
      switch (item) {
        case Attribute attribute -> {
          assertThat(attribute.span().contains(attribute.value().span())).isTrue();
          inOrder(attribute.value());
        }
        case Block block -> {
          assertThat(block.span().contains(block.body().span())).isTrue();
          inOrder(block.body());
        }
      }
    }
  }

  private static void inOrder(Expression expression) {
    int at = expression.span().start();
    for (Expression child : expression.children()) {
      assertThat(child.span().start()).isGreaterThanOrEqualTo(at);
      assertThat(expression.span().contains(child.span())).isTrue();
      at = child.span().end();
      inOrder(child);
    }
  }
}
