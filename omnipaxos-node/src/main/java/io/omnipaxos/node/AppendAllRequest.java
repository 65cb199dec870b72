package io.omnipaxos.node;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.AppendRefusedException;
import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;

/**
 * Entries that are proposed together, from the call to the answer for the last of them.
 */
final class AppendAllRequest extends CompletableFuture<List<Appended>> implements Request {

	private final List<Payload> payloads;

	private final long size;

	private final AppendBudget budget;

	private final ReplicaCounters counters;

	private final Appended[] answers;

	private int unanswered;

	AppendAllRequest(List<Payload> payloads, long size, AppendBudget budget, ReplicaCounters counters) {
		this.payloads = payloads;
		this.size = size;
		this.budget = budget;
		this.counters = counters;
		this.answers = new Appended[payloads.size()];
		this.unanswered = payloads.size();
	}

	@Override
	public void applyTo(OmniPaxos core, Outstanding outstanding) {
		ProposalId first;
		try {
			first = core.append(this.payloads);
		}
		catch (AppendRefusedException | IllegalArgumentException ex) {
			refused(ex);
			return;
		}
		for (int i = 0; i < this.answers.length; i++) {
			ProposalId id = new ProposalId(first.pid(), first.session(), first.seq() + i);
			outstanding.proposed(id, new Element(i, Entry.OVERHEAD + this.payloads.get(i).size()));
		}
	}

	@Override
	public void refuse(ReplicaStoppedException reason) {
		refused(reason);
	}

	private void refused(RuntimeException reason) {
		this.budget.release(this.size);
		this.counters.refused(this.payloads.size());
		completeExceptionally(reason);
	}

	private void answered(int index, Appended where) {
		this.answers[index] = where;
		this.unanswered--;
		if (this.unanswered == 0) {
			complete(List.copyOf(Arrays.asList(this.answers)));
		}
	}

	private final class Element implements PendingAppend {

		private final int index;

		private final int size;

		Element(int index, int size) {
			this.index = index;
			this.size = size;
		}

		@Override
		public int size() {
			return this.size;
		}

		@Override
		public void decided(Appended where) {
			answered(this.index, where);
		}

		/** Whatever fails after others were decided must not say that nothing was. */
		@Override
		public void failed(RuntimeException reason) {
			if (isDone()) {
				return;
			}
			List<Appended> decided = Arrays.stream(AppendAllRequest.this.answers).takeWhile(Objects::nonNull).toList();
			boolean partly = reason instanceof AppendRefusedException && !decided.isEmpty();
			completeExceptionally(
					partly ? new PartlyAppendedException(decided, AppendAllRequest.this.answers.length) : reason);
		}

	}

}
