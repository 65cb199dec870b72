package io.omnipaxos.core;

import java.util.List;
import java.util.function.Supplier;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.LogSource;
import io.omnipaxos.core.storage.StorageUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a storage while the protocol runs: for peers, and to compact the log, which can
 * both wait. Whoever reads here is ready for a {@link StorageUnavailableException}.
 * <p>
 * A storage that can't be reached is asked once in a resend period, however much is
 * wanted of it: each attempt may take long. The owner hears of it once, until something
 * has been read again.
 */
final class PatientReads implements LogSource {

	private final LogSource source;

	private final Outbox outbox;

	/** Why nothing is read for now. */
	private @Nullable StorageUnavailableException away;

	private boolean told;

	PatientReads(LogSource source, Outbox outbox) {
		this.source = source;
		this.outbox = outbox;
	}

	@Override
	public List<Entry> entries(long from, long to, long maxBytes) {
		return read(() -> this.source.entries(from, to, maxBytes));
	}

	@Override
	public Payload snapshot(SnapshotId id, long offset, int maxBytes) {
		return read(() -> this.source.snapshot(id, offset, maxBytes));
	}

	private <R> R read(Supplier<R> reading) {
		if (this.away != null) {
			throw this.away;
		}
		try {
			R read = reading.get();
			this.told = false;
			return read;
		}
		catch (StorageUnavailableException ex) {
			this.away = ex;
			if (!this.told) {
				this.told = true;
				this.outbox.notify(new Notice.StorageAway(ex));
			}
			throw ex;
		}
	}

	/** A resend timeout is over, and the storage may be there again. */
	void tryAgain() {
		this.away = null;
	}

}
