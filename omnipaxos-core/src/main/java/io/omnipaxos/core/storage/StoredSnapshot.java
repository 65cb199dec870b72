package io.omnipaxos.core.storage;

import io.omnipaxos.core.model.SnapshotId;

/**
 * A snapshot that is stored.
 *
 * @param id what it is of
 * @param size its length in bytes
 */
public record StoredSnapshot(SnapshotId id, long size) {
}
