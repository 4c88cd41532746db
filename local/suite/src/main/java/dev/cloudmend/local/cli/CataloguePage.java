package dev.cloudmend.local.cli;

import dev.cloudmend.model.Json;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Control;
import dev.cloudmend.playbooks.PlaybookInfo.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The catalogue as a Markdown page, {@code docs/playbooks.md}. */
final class CataloguePage {

  private CataloguePage() {}

  static String of(List<PlaybookInfo> infos) {
    var page = new StringBuilder();
    page.append(
        """
        # Playbooks

        Printed by `./cloudmend playbooks --markdown`; a test holds the two together.

        | playbook | tier | fixes | undo |
        |---|---|---|---|
        """);
    for (PlaybookInfo info : infos) {
      page.append(
          "| [%s](#%s) | %s | %s | %s |\n"
              .formatted(info.id(), info.id(), info.tier(), info.title(), undo(info)));
    }
    infos.forEach(info -> section(page, info));
    return page.toString();
  }

  private static void section(StringBuilder page, PlaybookInfo info) {
    page.append("\n## ").append(info.id()).append("\n\n");
    page.append(
        "**%s** (version %s, tier %s, %s)\n\n"
            .formatted(info.title(), info.version(), info.tier(), info.resourceType()));
    page.append(info.why()).append("\n\n").append(info.fix()).append("\n\n");
    page.append("| answers to | ids |\n|---|---|\n");
    info.controls().stream()
        .collect(
            Collectors.groupingBy(
                Control::framework,
                LinkedHashMap::new,
                Collectors.mapping(Control::id, Collectors.joining(", "))))
        .forEach((framework, ids) -> page.append("| %s | %s |\n".formatted(framework, ids)));
    page.append("| test names | %s |\n".formatted(String.join("; ", info.aliases())));
    page.append("| CloudTrail events | %s |\n\n".formatted(String.join(", ", info.triggers())));
    page.append("| operation | IAM actions |\n|---|---|\n");
    info.reads().forEach(o -> page.append(row("reads", o)));
    info.writes().forEach(o -> page.append(row("writes", o)));
    page.append("\nExample: ").append(info.example().title()).append("\n\n```json\n");
    page.append("before ").append(Json.pretty(info.example().before())).append('\n');
    page.append("after  ").append(Json.pretty(info.example().after())).append("\n```\n");
  }

  private static String row(String kind, Operation operation) {
    return "| %s `%s:%s` | %s |\n"
        .formatted(
            kind,
            operation.service(),
            operation.name(),
            operation.iamActions().isEmpty()
                ? "none needed"
                : operation.iamActions().stream()
                    .map(a -> "`" + a + "`")
                    .collect(Collectors.joining(", ")));
  }

  private static String undo(PlaybookInfo info) {
    return info.reversibility().name().toLowerCase(Locale.ROOT)
        + (info.undoWidensAccess() ? ", opens again what the fix closed" : "");
  }
}
