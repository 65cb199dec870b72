package io.omnipaxos.test.simulation;

import java.util.Collection;
import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.storage.StorageOp;

/**
 * What must be true of everything that becomes durable. Here the {@link ChosenLog} grows:
 * what a write quorum holds in one ballot is chosen, whether or not anybody knows yet.
 */
final class WriteRules {

	private final ChosenLog chosen;

	private final Collection<DiskLedger> ledgers;

	private final Votes votes;

	WriteRules(ClusterConfig cluster, ChosenLog chosen, Collection<DiskLedger> ledgers) {
		this.chosen = chosen;
		this.ledgers = ledgers;
		this.votes = new Votes(cluster);
	}

	void wrote(DiskLedger ledger, List<StorageOp> ops) {
		Ballot round = ledger.acceptedRound();
		long accepted = ledger.accepted();
		long changedFrom = Long.MAX_VALUE;
		for (StorageOp op : ops) {
			ledger.apply(op);
			if (op instanceof StorageOp.Append append) {
				changedFrom = Math.min(changedFrom, append.from());
			}
			else if (op instanceof StorageOp.Trim trim) {
				mustBeDecidedEverywhere(ledger, trim);
			}
		}
		ledger.mustBeALog();
		boolean sameRound = ledger.acceptedRound().equals(round);
		if (ledger.isInStep()) {
			ledger.must(!sameRound || ledger.accepted() >= accepted, "a log only grows in its ballot", ops);
			vote(ledger, sameRound ? changedFrom : ledger.restFrom(), !sameRound);
		}
	}

	private void mustBeDecidedEverywhere(DiskLedger trimming, StorageOp.Trim trim) {
		for (DiskLedger other : this.ledgers) {
			trimming.must(other.decided() >= trim.index(), "only what every node has durably decided is trimmed",
					trim + " before " + other.pid());
		}
	}

	private void vote(DiskLedger ledger, long changedFrom, boolean adopted) {
		Ballot ballot = ledger.acceptedRound();
		if (adopted) {
			ledger.must(ledger.accepted() >= this.chosen.lengthBelow(ballot),
					"a log that is adopted holds everything chosen before", ballot);
		}
		long known = Math.min(ledger.accepted(), this.chosen.length());
		for (long index = Math.max(ledger.restFrom(), changedFrom); index < known; index++) {
			if (this.chosen.ballotAt(index).compareTo(ballot) <= 0) {
				this.chosen.mustHold(ledger.pid(), index, ledger.at(index));
			}
		}
		long held = this.votes.count(ledger.pid(), ballot, ledger.accepted());
		for (long index = this.chosen.length(); index < held; index++) {
			choose(index, ledger.at(index), ballot);
		}
	}

	private void choose(long index, Entry entry, Ballot ballot) {
		this.chosen.extend(entry, ballot);
		for (DiskLedger other : this.ledgers) {
			if (other.isInStep() && other.acceptedRound().equals(ballot) && other.accepted() > index
					&& other.restFrom() <= index) {
				this.chosen.mustHold(other.pid(), index, other.at(index));
			}
		}
	}

}
