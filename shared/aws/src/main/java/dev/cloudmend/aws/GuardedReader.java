package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Reads with clients that carry the guard. */
final class GuardedReader implements AwsReader, AutoCloseable {

  private final ClientFactory clients;
  private final Caller caller;
  private final ReadOnlyGuard guard;
  private volatile Optional<String> account = Optional.empty();

  GuardedReader(AwsConnection connection, CallLimits limits, AwsCredentialsProvider credentials) {
    this.guard = new ReadOnlyGuard();
    this.clients = new ClientFactory(connection, limits, Optional.of(guard), credentials);
    this.caller = new Caller(clients);
  }

  ReadOnlyGuard guard() {
    return guard;
  }

  @Override
  public String callerAccount() {
    // Two threads may both ask; they get the same answer.
    Optional<String> known = account;
    if (known.isEmpty()) {
      known = Optional.of(caller.account());
      account = known;
    }
    return known.get();
  }

  @Override
  public ObjectNode read(ApiCall call) {
    return caller.call(call);
  }

  @Override
  public List<JsonNode> readAll(ApiCall call, String member) {
    return Pages.readAll(call, member, this::read);
  }

  @Override
  public void close() {
    clients.close();
  }
}
