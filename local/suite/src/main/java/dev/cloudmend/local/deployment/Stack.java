package dev.cloudmend.local.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.local.InputException;
import dev.cloudmend.local.TargetAccount;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Problem;
import dev.cloudmend.remediator.UndoState;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.StoreSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** A deployed suite, found by its name. What it is asked to do, its own functions do. */
public final class Stack implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final StackParts parts;
  private final TargetAccount account;
  private final StackClients clients;

  private Stack(StackParts parts, TargetAccount account, StackClients clients) {
    this.parts = parts;
    this.account = account;
    this.clients = clients;
  }

  /**
   * Finds a deployment.
   *
   * @param name its {@code prefix} in Terraform
   * @throws InputException when there is none of this name in the account and region
   * @throws DeploymentException when the account cannot be asked
   */
  public static Stack find(TargetAccount account, String name) {
    var clients = new StackClients(account);
    String parameter = "/cloudmend/" + name + "/stack";
    try (SsmClient ssm = clients.ssm()) {
      String text = ssm.getParameter(r -> r.name(parameter)).parameter().value();
      return new Stack(Json.fromTree(Json.parse(text), StackParts.class), account, clients);
    } catch (ParameterNotFoundException e) {
      clients.close();
      throw new InputException(
          "there is no stack '%s' in %s; expected the prefix of a deployment, which writes the parameter %s"
              .formatted(name, account.region(), parameter));
    } catch (SdkException e) {
      clients.close();
      throw failure("the stack's parameter " + parameter + " cannot be read", e);
    } catch (ModelException e) {
      clients.close();
      throw new DeploymentException(
          "the parameter " + parameter + " is not understood: " + e.getMessage(), e);
    }
  }

  public StackParts parts() {
    return parts;
  }

  /** The deployed tables. To be closed by whoever asks for it. */
  public Store store() {
    return Store.open(
        new StoreSettings(
            parts.table("audit"), parts.table("state"), account.region(), account.endpoint()),
        Clock.systemUTC(),
        clients.credentials());
  }

  /**
   * Has a fix taken back, or the way back planned.
   *
   * @param by who asks for it
   * @param live false: only shown, whatever the stack may do
   * @param progress is told, in one line, that it takes long
   * @throws DeploymentException when the execution cannot be started or watched
   */
  public UndoState undo(String incidentId, String by, boolean live, Consumer<String> progress)
      throws InterruptedException {
    ObjectNode input = Json.object();
    input.put("incidentId", incidentId);
    input.put("by", by);
    input.put("dryRun", !live);
    try (SfnClient stepFunctions = clients.stepFunctions()) {
      String execution =
          stepFunctions
              .startExecution(
                  r ->
                      r.stateMachineArn(parts.stateMachine("undo"))
                          .name("undo-" + UUID.randomUUID())
                          .input(input.toString()))
              .executionArn();
      return end(stepFunctions, execution, incidentId, by, progress);
    } catch (SdkException e) {
      throw failure("the undo cannot be run", e);
    }
  }

  private static UndoState end(
      SfnClient stepFunctions,
      String execution,
      String incidentId,
      String by,
      Consumer<String> progress)
      throws InterruptedException {
    for (int look = 1; ; look++) {
      DescribeExecutionResponse now =
          stepFunctions.describeExecution(r -> r.executionArn(execution));
      if (now.status() == ExecutionStatus.SUCCEEDED) {
        return Json.fromTree(Json.parse(now.output()), UndoState.class);
      }
      if (now.status() != ExecutionStatus.RUNNING) {
        String error = now.error() == null ? now.statusAsString() : now.error();
        String cause = now.cause() == null ? "" : now.cause();
        return UndoState.broken(incidentId, execution, by, Problem.ofError("undo", error, cause));
      }
      if (look == 2) {
        progress.accept("waiting for " + execution);
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /** Its events that wait for a person. */
  public WaitingEvents waiting() {
    return new WaitingEvents(clients, parts);
  }

  /** Its configuration. */
  public DeployedConfiguration configuration() {
    return new DeployedConfiguration(clients, parts);
  }

  static DeploymentException failure(String what, SdkException e) {
    return new DeploymentException(what + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    clients.close();
  }
}
