package io.omnipaxos.node;

import java.util.List;

import io.omnipaxos.core.Effects;
import io.omnipaxos.core.Notice;
import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageOp;
import org.jspecify.annotations.Nullable;

/**
 * What a replica's thread does: everything that waits goes into the core, and what the
 * core wants done is done. While the storage writes, the next batch gathers.
 */
final class ReplicaLoop {

	/** Inputs of a kind that one batch may hold, so that none of the others starves. */
	private static final int MAX_BATCH = 1 << 12;

	private final OmniPaxos core;

	private final Storage storage;

	private final Outbound outbound;

	private final PieceReader pieces;

	private final Inbox inbox;

	private final Outstanding outstanding;

	private final ReplicaView view;

	private final ReplicaEvents events;

	private final ReplicaCounters counters;

	private volatile @Nullable Departure departure;

	ReplicaLoop(OmniPaxos core, Storage storage, Outbound outbound, PieceReader pieces, ReplicaShared shared,
			Outstanding outstanding) {
		this.core = core;
		this.storage = storage;
		this.outbound = outbound;
		this.pieces = pieces;
		this.inbox = shared.inbox();
		this.view = shared.view();
		this.events = shared.events();
		this.counters = shared.counters();
		this.outstanding = outstanding;
	}

	/** Prepares to stop, as soon as the thread takes note. */
	void depart(Departure plan) {
		this.departure = plan;
	}

	/** Nothing keeps the replica from stopping any more. */
	void ended() {
		Departure plan = this.departure;
		if (plan != null) {
			plan.ready().complete(null);
		}
	}

	/**
	 * Runs until told to stop. Whatever the core or the storage throws comes out here.
	 */
	void run() {
		this.inbox.claim();
		handleEffects();
		this.view.publish(this.core.status());
		while (!this.inbox.isStopRequested()) {
			boolean ticked = takeInputs();
			if (this.core.hasEffects()) {
				handleEffects();
				if (ticked) {
					look(this.core.status());
				}
			}
			else {
				this.inbox.await();
			}
		}
		while (this.core.hasEffects()) {
			handleEffects();
		}
	}

	private void look(ReplicaStatus status) {
		this.view.publish(status);
		this.events.look(status);
	}

	/**
	 * Gives the core what waits; messages first: a tick may have come while the thread
	 * was held up, and must not find the node deaf to what its peers said meanwhile.
	 */
	private boolean takeInputs() {
		takeMessages();
		takeRequests();
		boolean ticked = this.inbox.pollTick();
		if (ticked) {
			this.core.tick();
		}
		Departure plan = this.departure;
		if (plan != null) {
			plan.proceed(this.core, this.outstanding, ticked);
		}
		return ticked;
	}

	private void takeMessages() {
		int count = 0;
		List<Envelope> envelopes = this.inbox.pollMessages();
		while (envelopes != null) {
			for (Envelope envelope : envelopes) {
				this.core.onMessage(envelope);
			}
			count += envelopes.size();
			envelopes = (count < MAX_BATCH) ? this.inbox.pollMessages() : null;
		}
		if (count > 0) {
			this.counters.received(count);
		}
	}

	private void takeRequests() {
		int count = 0;
		Request request = this.inbox.pollRequest();
		while (request != null) {
			apply(request);
			count++;
			request = (count < MAX_BATCH) ? this.inbox.pollRequest() : null;
		}
	}

	private void apply(Request request) {
		try {
			request.applyTo(this.core, this.outstanding);
		}
		catch (Throwable ex) {
			request.refuse(this.view.stoppedException());
			throw ex;
		}
	}

	private void handleEffects() {
		Effects effects = this.core.drain();
		if (!effects.messages().isEmpty()) {
			this.outbound.send(effects.messages());
		}
		this.pieces.read(effects.readings());
		effects.notices().forEach(this::handle);
		if (!effects.writes().isEmpty()) {
			write(effects.writes());
		}
		this.core.written();
		this.view.publish(this.core.durableIndexes());
	}

	private void write(List<StorageOp> ops) {
		int entries = 0;
		for (StorageOp op : ops) {
			entries += (op instanceof StorageOp.Append append) ? append.entries().size() : 0;
		}
		long start = System.nanoTime();
		this.view.writes(start);
		try {
			this.storage.write(ops);
		}
		finally {
			this.view.hasWritten();
		}
		this.counters.written(entries, System.nanoTime() - start);
	}

	/** Shows the state that a notice tells of before anybody hears of it. */
	private void handle(Notice notice) {
		if (notice instanceof Notice.Decided decided) {
			this.counters.decided(decided.entries().size());
			this.view.publishDecided(decided.from() + decided.entries().size());
		}
		else if (notice instanceof Notice.LeaderChanged) {
			this.counters.leaderChanged();
			this.view.publish(this.core.status());
		}
		else if (notice instanceof Notice.Stopped) {
			this.view.publish(this.core.status());
		}
		this.events.tell(notice);
		this.outstanding.answer(notice);
		this.outstanding.decided(this.view.indexes().decided());
	}

}
