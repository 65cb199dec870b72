package io.omnipaxos.test.simulation;

import java.io.ByteArrayOutputStream;

import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StorageOp;
import org.jspecify.annotations.Nullable;

/** Pieces of a snapshot, as they were put aside. */
final class StagedSnapshot {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private @Nullable SnapshotId id;

	@Nullable SnapshotId id() {
		return this.id;
	}

	/** Takes a piece, and returns whether it is the next one. */
	boolean add(StorageOp.StageSnapshot piece) {
		if (piece.offset() == 0) {
			this.bytes.reset();
			this.id = piece.id();
		}
		if (!piece.id().equals(this.id) || piece.offset() != this.bytes.size()) {
			return false;
		}
		this.bytes.writeBytes(piece.data().array());
		return true;
	}

	/** What was not installed need not survive a restart. */
	void forget() {
		this.bytes.reset();
		this.id = null;
	}

	Payload content() {
		return Payload.of(this.bytes.toByteArray());
	}

}
