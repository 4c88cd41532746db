package dev.cloudmend.configuration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.configuration.policy.Explanation.PassedOver;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PolicyLawsTest {

  private static final List<String> SOURCES = List.of("vanta", "cloudtrail");
  private static final List<String> ACCOUNTS = List.of("111122223333", "444455556666");

  /** A rule as the oracle sees it: for each field the values that it takes. */
  record Literals(Map<String, List<String>> wanted) {

    boolean match(Map<String, String> values) {
      return wanted.entrySet().stream()
          .allMatch(e -> e.getValue().contains(values.get(e.getKey())));
    }

    String pattern() {
      ObjectNode pattern = Json.object();
      wanted.forEach(
          (field, values) -> {
            int dot = field.indexOf('.');
            ArrayNode list =
                pattern
                    .withObjectProperty(field.substring(0, dot))
                    .putArray(field.substring(dot + 1));
            values.forEach(list::add);
          });
      return pattern.toString();
    }
  }

  @Property(tries = 300)
  void theFirstMatchWinsAndTheExplanationAgrees(
      @ForAll("rules") List<Literals> rules,
      @ForAll("severities") String severity,
      @ForAll("sources") String source,
      @ForAll("accounts") String account) {
    var all = new ArrayList<Rule>();
    for (Literals literals : rules) {
      all.add(Inputs.rule("rule " + all.size(), literals.pattern(), Mode.guided));
    }
    Policy policy = Policy.of(all);
    Map<String, String> values =
        Map.of("finding.severity", severity, "finding.source", source, "resource.account", account);
    int first = 0;
    while (first < rules.size() && !rules.get(first).match(values)) {
      first++;
    }
    PolicyInput input =
        Inputs.of(
            Inputs.finding(Severity.valueOf(severity), "arn:aws:s3:::logs", account, null, source));

    Explanation explained = policy.explain(input, true, "c");

    assertThat(explained.decision()).isEqualTo(policy.decide(input, true, "c"));
    assertThat(explained.decision().rule())
        .isEqualTo(first < rules.size() ? "rule " + first : "built-in: tier auto");
    assertThat(explained.passedOver())
        .extracting(PassedOver::rule)
        .containsExactlyElementsOf(all.stream().limit(first).map(Rule::name).toList());
    for (int i = 0; i < first; i++) {
      List<String> wrong =
          rules.get(i).wanted().entrySet().stream()
              .filter(e -> !e.getValue().contains(values.get(e.getKey())))
              .map(Map.Entry::getKey)
              .toList();
      assertThat(explained.passedOver().get(i).reasons())
          .extracting(reason -> reason.substring(0, reason.indexOf(' ')))
          .containsExactlyInAnyOrderElementsOf(wrong);
    }
  }

  @Provide
  Arbitrary<List<Literals>> rules() {
    Arbitrary<List<String>> severity = some(severities());
    Arbitrary<List<String>> source = some(sources());
    Arbitrary<List<String>> account = some(accounts());
    return Combinators.combine(severity, source, account)
        .as(
            (s, o, a) -> {
              var wanted = new TreeMap<String, List<String>>();
              put(wanted, "finding.severity", s);
              put(wanted, "finding.source", o);
              put(wanted, "resource.account", a);
              return new Literals(wanted);
            })
        .list()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> severities() {
    return Arbitraries.of("LOW", "HIGH", "CRITICAL");
  }

  @Provide
  Arbitrary<String> sources() {
    return Arbitraries.of(SOURCES);
  }

  @Provide
  Arbitrary<String> accounts() {
    return Arbitraries.of(ACCOUNTS);
  }

  private static Arbitrary<List<String>> some(Arbitrary<String> values) {
    return values.list().uniqueElements().ofMaxSize(2);
  }

  private static void put(Map<String, List<String>> wanted, String field, List<String> values) {
    if (!values.isEmpty()) {
      wanted.put(field, values);
    }
  }
}
