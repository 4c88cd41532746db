package dev.cloudmend.local.cli;

import dev.cloudmend.aws.AwsClients;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.TargetAccount;
import dev.cloudmend.local.assess.LiveLook;
import dev.cloudmend.local.assess.LiveLook.Look;
import dev.cloudmend.local.assess.LiveLook.Row;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Inventory;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.ResourceType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "assess",
    mixinStandardHelpOptions = true,
    description = {
      "A first plan without any event: looks at live resources and shows what a fix would change. It only reads, opens no incident and makes no claim.",
      "Exit 0 when everything could be looked at, whatever was found; 1 when something could not be read."
    })
final class AssessCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "ARN",
      arity = "0..1",
      description = "One resource; an account is arn:aws:iam::ACCOUNT:root.")
  private @Nullable String arn;

  @Option(
      names = "--all",
      description = "All buckets, all security groups of the regions, and the account itself.")
  private boolean all;

  @Option(names = "--playbook", paramLabel = "ID", description = "Only this playbook.")
  private @Nullable String playbook;

  @Option(
      names = "--service",
      paramLabel = "s3|iam|ec2",
      description = "Only the playbooks of this service.")
  private @Nullable String service;

  @Option(
      names = "--regions",
      paramLabel = "REGION",
      split = ",",
      description = "The regions whose resources are listed, by commas. Default: that of --region.")
  private List<String> regions = new ArrayList<>();

  @Option(names = "--all-regions", description = "All regions that are switched on in the account.")
  private boolean allRegions;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description =
          "Write an event for each violation, one a line, for 'cloudmend run FILE': so it goes the ordinary way, with audit trail, approval and undo.")
  private @Nullable Path events;

  @Mixin private TargetOptions options = new TargetOptions();

  @Mixin private ConfigFileOption configuration = new ConfigFileOption();

  private final Console console;

  AssessCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Optional<Arn> resource = resource();
    List<Playbook> playbooks = playbooks(resource);
    regions.forEach(AssessCommand::checkRegion);
    options.check();
    Baselines baselines = Configuration.read(configuration.file(), Optional.empty()).baselines();
    try (TargetOptions.Place place = options.open(console);
        AwsClients clients = AwsClients.open(connection(place.account()));
        var rows = new AssessRows(console, options.isJson(), events)) {
      String region = place.account().region();
      var look = new LiveLook(clients.readOnly(), region, baselines, playbooks);
      List<Look> looks =
          resource
              .map(one -> look.one(one, rows::add))
              .orElseGet(() -> look.everything(places(look, rows, region), rows::add));
      var progress = new Progress(console, "looks", false);
      for (int i = 0; i < looks.size(); i++) {
        Row row = look.at(looks.get(i));
        progress.clear();
        rows.add(row, looks.get(i).resource());
        progress.at(i + 1L, looks.size(), i + 1L);
      }
      progress.clear();
      return rows.end();
    }
  }

  private List<String> places(LiveLook look, AssessRows rows, String region) {
    if (allRegions) {
      return look.regions(rows::add);
    }
    return regions.isEmpty() ? List.of(region) : regions;
  }

  private Optional<Arn> resource() {
    if (all == (arn != null)) {
      throw new InputException("expected the ARN of one resource, or --all");
    }
    if (arn == null) {
      return Optional.empty();
    }
    if (allRegions || !regions.isEmpty()) {
      throw new InputException("--regions and --all-regions go with --all; an ARN has its own");
    }
    try {
      return Optional.of(Arn.parse(arn));
    } catch (ModelException e) {
      throw new InputException("ARN: " + e.getMessage());
    }
  }

  private List<Playbook> playbooks(Optional<Arn> resource) {
    List<Playbook> known = Catalogue.standard().playbooks();
    if (playbook != null && known.stream().noneMatch(p -> p.info().id().equals(playbook))) {
      throw new InputException(
          "--playbook: there is no playbook '"
              + Console.shown(playbook)
              + "'; expected one of "
              + String.join(", ", known.stream().map(p -> p.info().id()).toList()));
    }
    List<String> services =
        known.stream().map(p -> p.info().service()).distinct().sorted().toList();
    if (service != null && !services.contains(service)) {
      throw new InputException(
          "--service: '" + Console.shown(service) + "' is not known; expected one of " + services);
    }
    Optional<String> type = resource.flatMap(ResourceType::of);
    if (resource.isPresent()
        && known.stream()
            .noneMatch(p -> type.filter(p.info().resourceType()::equals).isPresent())) {
      throw new InputException(
          "ARN: no playbook looks at a resource of this type; expected one of "
              + String.join(", ", Inventory.types()));
    }
    List<Playbook> chosen =
        known.stream()
            .filter(p -> playbook == null || p.info().id().equals(playbook))
            .filter(p -> service == null || p.info().service().equals(service))
            .filter(
                p -> resource.isEmpty() || type.filter(p.info().resourceType()::equals).isPresent())
            .toList();
    if (chosen.isEmpty()) {
      throw new InputException(
          "no playbook is left of what --playbook, --service and the ARN's type ask for");
    }
    return chosen;
  }

  private static void checkRegion(String region) {
    try {
      Arn.checkRegion(region);
    } catch (ModelException e) {
      throw new InputException("--regions: " + e.getMessage());
    }
  }

  private static AwsConnection connection(TargetAccount account) {
    return new AwsConnection(account.endpoint(), account.region(), account.profile());
  }
}
