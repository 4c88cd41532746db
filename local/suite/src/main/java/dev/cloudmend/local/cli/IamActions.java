package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.playbooks.Operations;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rights that playbooks need, {@code infra-terraform/iam-actions.json}, which role policies are
 * made of.
 */
final class IamActions {

  private IamActions() {}

  /**
   * The document: {@code playbooks} has the {@code reads} (to assess, to verify, to plan an undo)
   * and {@code writes} (to apply and to undo) of each by its id; {@code lookups} has what tells the
   * meaning of findings, whatever the playbook; {@code operations} is the table behind them. All in
   * a fixed order.
   */
  static ObjectNode of(List<PlaybookInfo> infos, List<Operation> lookups) {
    ObjectNode document = Json.object();
    ObjectNode playbooks = document.putObject("playbooks");
    infos.stream()
        .sorted(Comparator.comparing(PlaybookInfo::id))
        .forEach(
            info -> {
              ObjectNode playbook = playbooks.putObject(info.id());
              playbook.set("reads", actions(info.reads()));
              playbook.set("writes", actions(info.writes()));
            });
    if (!lookups.isEmpty()) {
      document.set("lookups", actions(lookups));
    }
    ArrayNode operations = document.putArray("operations");
    Stream.concat(
            Stream.concat(Stream.of(Operations.GET_CALLER_IDENTITY), lookups.stream()),
            infos.stream().flatMap(i -> Stream.concat(i.reads().stream(), i.writes().stream())))
        .distinct()
        .sorted(Comparator.comparing(Operation::service).thenComparing(Operation::name))
        .forEach(operation -> operations.add(row(operation)));
    return document;
  }

  private static ArrayNode actions(List<Operation> operations) {
    ArrayNode actions = Json.object().arrayNode();
    operations.stream()
        .flatMap(operation -> operation.iamActions().stream())
        .distinct()
        .sorted()
        .forEach(actions::add);
    return actions;
  }

  private static ObjectNode row(Operation operation) {
    ObjectNode row = Json.object();
    row.put("service", operation.service());
    row.put("operation", operation.name());
    row.set("iamActions", actions(List.of(operation)));
    if (operation.cloudTrail() != null) {
      row.put("cloudTrail", operation.cloudTrail());
    }
    row.put("source", operation.source());
    return row;
  }
}
