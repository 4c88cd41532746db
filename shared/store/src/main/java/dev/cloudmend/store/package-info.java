/**
 * What Cloudmend remembers, on DynamoDB: the audit log, claims, leases, incidents and their
 * changes, open pull requests, undo marks, the stop switch and the budget. {@link
 * dev.cloudmend.store.Store} opens it.
 *
 * <p>Two tables, whose schema is {@code infra-terraform/tables.json}:
 *
 * <ul>
 *   <li><b>audit</b> holds the entries and the head of each chain. They are only ever put, never
 *       updated or deleted, so the writer's role needs no more than {@code dynamodb:PutItem} and
 *       {@code dynamodb:GetItem}.
 *   <li><b>state</b> holds everything else, under {@code pk} and {@code sk}; besides reads and
 *       writes, the budget needs {@code dynamodb:ConditionCheckItem}. Claims, leases and budget
 *       counters carry {@code expiresAt} in epoch seconds. DynamoDB deletes expired items days
 *       late, so expiry is always checked here, against the store's clock.
 * </ul>
 *
 * <p>Every write that depends on what is there is one conditional request; reads are strongly
 * consistent, except the audit log's lists, which come from indexes. Whatever fails is a {@link
 * dev.cloudmend.store.StoreException}.
 */
@NullMarked
package dev.cloudmend.store;

import org.jspecify.annotations.NullMarked;
