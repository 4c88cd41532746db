package dev.cloudmend.local.assess;

import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Inventory;
import dev.cloudmend.playbooks.Playbook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at live resources with playbooks. It opens no incident and makes no claim, so it changes
 * nothing, neither in the account nor in Cloudmend's own tables.
 */
public final class LiveLook {

  private final AwsReader aws;
  private final Inventory inventory;
  private final String region;
  private final Baselines baselines;
  private final List<Playbook> playbooks;

  /** What a playbook found, or that it could not look. */
  public enum State {
    COMPLIANT,
    VIOLATING,
    BLOCKED,
    NOT_APPLICABLE,
    NOT_FOUND,
    ERROR
  }

  /**
   * One playbook for one resource.
   *
   * @param resource what is looked at
   * @param playbook who looks
   */
  public record Look(ResourceRef resource, Playbook playbook) {}

  /**
   * What came of a look.
   *
   * @param resource the ARN; of a list that could not be read, its type and region
   * @param account the resource's account
   * @param region where it was looked for
   * @param playbook who looked; absent for a list
   * @param state what was found
   * @param reason why, where the state has a reason
   * @param change what would mend it, where it violates
   */
  public record Row(
      String resource,
      @Nullable String account,
      @Nullable String region,
      @Nullable String playbook,
      State state,
      @Nullable String reason,
      @Nullable Change change) {

    /** One line of what would change, or why nothing. */
    public String gist() {
      return change != null ? change.summary() : reason == null ? "" : reason;
    }
  }

  /**
   * Makes it ready.
   *
   * @param aws reads of the account that the credentials belong to
   * @param region where what has no region is asked for
   * @param baselines the configured targets
   * @param playbooks those that are to look, in order
   */
  public LiveLook(AwsReader aws, String region, Baselines baselines, List<Playbook> playbooks) {
    this.aws = aws;
    this.inventory = new Inventory(aws, region);
    this.region = region;
    this.baselines = baselines;
    this.playbooks = List.copyOf(playbooks);
  }

  /**
   * What there is to look at: each resource of a type that a playbook speaks of.
   *
   * @param regions where regional resources are listed
   * @param unread takes a row for each list that cannot be read
   */
  public List<Look> everything(List<String> regions, Consumer<Row> unread) {
    var looks = new ArrayList<Look>();
    for (String type : Inventory.types()) {
      List<Playbook> ofType =
          playbooks.stream().filter(p -> p.info().resourceType().equals(type)).toList();
      if (ofType.isEmpty()) {
        continue;
      }
      for (String in : Inventory.isRegional(type) ? regions : List.of(region)) {
        for (ResourceRef resource : list(type, in, unread)) {
          ofType.forEach(playbook -> looks.add(new Look(resource, playbook)));
        }
      }
    }
    return looks;
  }

  /** The regions that are switched on; only the own one, and a row, where they cannot be read. */
  public List<String> regions(Consumer<Row> unread) {
    try {
      return inventory.regions();
    } catch (AwsCallException e) {
      unread.accept(error("regions of the account", null, region, null, e));
      return List.of(region);
    }
  }

  /**
   * What there is to look at of one resource.
   *
   * @param unread takes a row when it cannot be told whose it is
   */
  public List<Look> one(Arn arn, Consumer<Row> unread) {
    try {
      String account = arn.account().isEmpty() ? aws.callerAccount() : arn.account();
      String in = arn.region().isEmpty() ? region : arn.region();
      var resource = new ResourceRef(arn, account, in);
      return playbooks.stream().map(playbook -> new Look(resource, playbook)).toList();
    } catch (AwsCallException e) {
      unread.accept(error(arn.toString(), null, region, null, e));
      return List.of();
    }
  }

  /** Looks. What cannot be read is a row too. */
  public Row at(Look look) {
    ResourceRef resource = look.resource();
    String id = look.playbook().info().id();
    try {
      return switch (look.playbook().assess(resource, baselines, aws)) {
        case Assessment.Compliant c -> row(resource, id, State.COMPLIANT, null, null);
        case Assessment.NotApplicable n ->
            row(resource, id, State.NOT_APPLICABLE, n.reason(), null);
        case Assessment.NotFound n -> row(resource, id, State.NOT_FOUND, n.reason(), null);
        case Assessment.Blocked b -> row(resource, id, State.BLOCKED, b.reason(), null);
        case Assessment.Violating v -> row(resource, id, State.VIOLATING, null, v.change());
      };
    } catch (AwsCallException | ModelException e) {
      return error(resource.arn().toString(), resource.account(), resource.region(), id, e);
    }
  }

  private List<ResourceRef> list(String type, String in, Consumer<Row> unread) {
    try {
      return inventory.list(type, in);
    } catch (AwsCallException | ModelException e) {
      unread.accept(error(type + " in " + in, null, in, null, e));
      return List.of();
    }
  }

  private static Row row(
      ResourceRef resource,
      String playbook,
      State state,
      @Nullable String reason,
      @Nullable Change change) {
    return new Row(
        resource.arn().toString(),
        resource.account(),
        resource.region(),
        playbook,
        state,
        reason,
        change);
  }

  private static Row error(
      String resource,
      @Nullable String account,
      String in,
      @Nullable String playbook,
      RuntimeException e) {
    return new Row(
        resource, account, in, playbook, State.ERROR, String.valueOf(e.getMessage()), null);
  }
}
