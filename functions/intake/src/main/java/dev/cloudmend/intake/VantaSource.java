package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Severity;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Failing tests of Vanta, as Cloudmend's poller puts them on the bus: {@code source:
 * vanta.compliance}, {@code detail-type: Test Failed}.
 */
final class VantaSource implements Source {

  private static final String ARN = "/detail/resource_arn";

  private final Catalogue catalogue;

  VantaSource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public boolean reads(Envelope envelope) {
    return envelope.source().equals("vanta.compliance")
        && envelope.detailType().equals("Test Failed");
  }

  @Override
  public List<Reading> read(Envelope envelope, EventReader reader) {
    Optional<String> test = reader.required("/detail/test_name", "the name of the failed test");
    reader.required(ARN, "the ARN of the resource that failed");
    Optional<Arn> arn = reader.parsed(ARN, "an ARN such as arn:aws:s3:::my-bucket", Arn::parse);
    reader.text("/detail/account_id");
    Optional<String> account =
        reader.parsed("/detail/account_id", "twelve digits", Arn::checkAccount);
    reader.text("/detail/region");
    Optional<String> region =
        reader.parsed("/detail/region", "a region such as us-east-1", Arn::checkRegion);
    Severity severity = Severities.of(reader.text("/detail/severity").orElse(""));
    List<String> frameworks = frameworks(reader);
    Optional<String> reason = reader.text("/detail/failure_reason");
    reader.finish();

    ResourceRef resource = resource(envelope, arn.orElseThrow(), account, region);
    String check = test.orElseThrow();
    var finding =
        new Finding(
            envelope.id(),
            "vanta",
            check,
            reason.orElse(check),
            severity,
            frameworks,
            resource,
            envelope.time(),
            null,
            Facts.of(
                envelope.detail(),
                "test_id",
                "resource_type",
                "failure_reason",
                "current_state",
                "required_state"));
    List<Playbook> playbooks = catalogue.byCheck(check);
    return List.of(
        playbooks.isEmpty()
            ? new Reading.Unmatched(finding)
            : new Reading.Failure(finding, playbooks));
  }

  private static ResourceRef resource(
      Envelope envelope, Arn arn, Optional<String> account, Optional<String> region) {
    String ofArn = arn.account();
    return new ResourceRef(
        arn,
        ofArn.matches("\\d{12}") ? ofArn : account.orElse(envelope.account()),
        arn.region().isEmpty() ? region.orElse(envelope.region()) : arn.region());
  }

  private static List<String> frameworks(EventReader reader) {
    var all = new ArrayList<String>();
    reader.text("/detail/framework").ifPresent(all::add);
    JsonNode list = reader.event().at("/detail/frameworks");
    if (list.isArray()) {
      for (int i = 0; i < Math.min(list.size(), 50); i++) {
        reader.text("/detail/frameworks/" + i).ifPresent(all::add);
      }
    } else if (!list.isMissingNode() && !list.isNull()) {
      reader.problem("/detail/frameworks", "is no list", "a list of names");
    }
    return all;
  }
}
