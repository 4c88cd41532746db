package dev.cloudmend.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One entry of the audit log.
 *
 * @param chain the chain it stands in, from 0
 * @param sequence its place in the chain, from 1
 * @param at when it was written, in milliseconds
 * @param incidentId the incident that it is about
 * @param kind what happened, such as {@code opened} or {@code intent}
 * @param actor who did it
 * @param data what belongs to it, in the values of {@link dev.cloudmend.model.CanonicalJson}: null
 *     members are left out
 * @param previousHash the hash of the entry before it in the chain; of the first, zeros
 * @param hash {@code sha256:} and hex, over the canonical JSON of all other fields
 */
public record AuditEntry(
    int chain,
    long sequence,
    Instant at,
    String incidentId,
    String kind,
    String actor,
    ObjectNode data,
    String previousHash,
    String hash) {

  public AuditEntry {
    data = data.deepCopy();
  }

  @Override
  public ObjectNode data() {
    return data.deepCopy();
  }
}
