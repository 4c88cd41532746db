package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.ManualEvent;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.pullrequests.Branch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Assessments that somebody asks for: {@code source: cloudmend.manual}, {@code detail-type:
 * Assessment Requested}. {@code events/manual.schema.json} describes the detail for people and
 * editors; what is read here is the same.
 */
final class ManualSource implements Source {

  private static final String RESOURCE = "/detail/resource";
  private static final String ACCOUNT = "/detail/account";
  private static final String REGION = "/detail/region";
  private static final String PLAYBOOK = "/detail/playbook";
  private static final String BRANCH = "/detail/branch";
  private static final Set<String> MEMBERS =
      new TreeSet<>(
          List.of(
              "resource",
              "account",
              "region",
              "playbook",
              "check",
              "branch",
              "reason",
              "requestedBy"));

  private final Catalogue catalogue;

  ManualSource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public boolean reads(Envelope envelope) {
    return envelope.source().equals(ManualEvent.SOURCE)
        && envelope.detailType().equals(ManualEvent.DETAIL_TYPE);
  }

  @Override
  public List<Reading> read(Envelope envelope, EventReader reader) {
    reader.required(RESOURCE, "the ARN of the resource to look at");
    Optional<Arn> arn =
        reader.parsed(RESOURCE, "an ARN such as arn:aws:s3:::my-bucket", Arn::parse);
    reader.text(ACCOUNT);
    Optional<String> account = reader.parsed(ACCOUNT, "twelve digits", Arn::checkAccount);
    reader.text(REGION);
    Optional<String> region = reader.parsed(REGION, "a region such as us-east-1", Arn::checkRegion);
    Optional<String> check = reader.text("/detail/check");
    Optional<Playbook> playbook = playbook(reader, arn);
    reader.text(BRANCH);
    reader.parsed(BRANCH, "the name of a branch, such as main", ManualSource::branch);
    String reason = reader.required("/detail/reason", "why it is asked for").orElse("");
    reader.required("/detail/requestedBy", "who asks for it");
    arn.ifPresent(
        of -> {
          same(reader, ACCOUNT, account, of.account());
          same(reader, REGION, region, of.region());
        });
    // A misspelt 'playbook' would ask for all of them.
    envelope
        .detail()
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                reader.problem(pointer(name), "is not known", String.join(", ", MEMBERS));
              }
            });
    reader.finish();

    var resource =
        new ReportedResource(
            "",
            arn.orElseThrow().toString(),
            account.orElse(envelope.account()),
            region.orElse(envelope.region()));
    return readings(playbook, check, new Request(envelope, resource, reason));
  }

  private static Branch branch(String name) {
    try {
      return new Branch(name);
    } catch (IllegalArgumentException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The pointer to a member whose name anybody may have chosen. */
  private static String pointer(String member) {
    return "/detail/" + Text.shown(member.replace("~", "~0").replace("/", "~1"), 100);
  }

  private Optional<Playbook> playbook(EventReader reader, Optional<Arn> arn) {
    Optional<String> id = reader.text(PLAYBOOK);
    Optional<Playbook> playbook = id.flatMap(catalogue::byId);
    if (id.isPresent() && playbook.isEmpty()) {
      reader.problem(
          PLAYBOOK,
          "'" + Text.shown(id.get(), 100) + "' is no playbook",
          String.join(", ", catalogue.playbooks().stream().map(p -> p.info().id()).toList()));
    }
    playbook
        .filter(known -> arn.filter(of -> !catalogue.forResource(of).contains(known)).isPresent())
        .ifPresent(
            known ->
                reader.problem(
                    RESOURCE,
                    "is of another type than " + known.info().id() + " looks at",
                    "the ARN of an " + known.info().resourceType()));
    return playbook;
  }

  private static void same(
      EventReader reader, String pointer, Optional<String> said, String ofArn) {
    if (!ofArn.isEmpty() && said.filter(s -> !s.equals(ofArn)).isPresent()) {
      reader.problem(pointer, "is another than the ARN's, " + ofArn, ofArn + ", or left out");
    }
  }

  private List<Reading> readings(
      Optional<Playbook> playbook, Optional<String> check, Request request) {
    if (playbook.isPresent()) {
      return List.of(request.failure(check, playbook.get()));
    }
    if (check.isPresent()) {
      Finding finding = request.finding(check.get(), check.get());
      List<Playbook> playbooks = catalogue.byCheck(check.get());
      return List.of(
          playbooks.isEmpty()
              ? new Reading.Unmatched(finding)
              : new Reading.Failure(finding, playbooks));
    }
    List<Playbook> all = request.resource().arn().map(catalogue::forResource).orElse(List.of());
    if (all.isEmpty()) {
      return List.of(
          new Reading.Settled(
              request.finding("any", "any"),
              Outcome.UNSUPPORTED,
              "no playbook looks at a resource of this type"));
    }
    return all.stream().map(each -> request.failure(check, each)).toList();
  }

  /** What is the same in all findings of one request. */
  private record Request(Envelope envelope, ReportedResource resource, String reason) {

    /**
     * The finding of a check.
     *
     * @param place the check by which an account's region is told
     */
    Finding finding(String check, String place) {
      ObjectNode facts =
          Facts.of(envelope.detail(), "reason", "requestedBy", "playbook", "check", "branch");
      resource.uniqueId().ifPresent(id -> facts.put("uniqueId", id));
      return new Finding(
          envelope.id(),
          "manual",
          check,
          reason,
          Severity.UNKNOWN,
          List.of(),
          resource.ref(place).orElse(null),
          envelope.time(),
          null,
          facts);
    }

    // The playbook's id tells whether an account's setting is one of IAM, whatever the check.
    Reading failure(Optional<String> check, Playbook playbook) {
      String id = playbook.info().id();
      return new Reading.Failure(finding(check.orElse(id), id), List.of(playbook));
    }
  }
}
