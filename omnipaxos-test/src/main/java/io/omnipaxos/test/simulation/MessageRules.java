package io.omnipaxos.test.simulation;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.AcceptMessage.HandOver;
import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.CompactionMessage.TrimLog;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.PrepareMessage.FetchUndecided;
import io.omnipaxos.core.message.PrepareMessage.NotAccepted;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.ReadMessage.ReadProbe;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;

/**
 * What must be true of every message at the moment it leaves: that the sender's disk
 * covers it, that nobody else leads in its ballot, that it claims nothing that is not
 * chosen.
 */
final class MessageRules {

	private final Map<Ballot, Long> livesOfLeaders = new HashMap<>();

	private final ChosenLog chosen;

	private final Collection<DiskLedger> ledgers;

	MessageRules(ChosenLog chosen, Collection<DiskLedger> ledgers) {
		this.chosen = chosen;
		this.ledgers = ledgers;
	}

	void sent(DiskLedger sender, Message message) {
		if (message instanceof HeartbeatReply reply) {
			claims(sender, reply.decidedIndex(), message);
		}
		else if (message instanceof Accepted accepted) {
			accepted(sender, accepted);
		}
		else if (message instanceof AcceptDecide accept) {
			leads(sender, accept.ballot(), message);
			claims(sender, accept.decidedIndex(), message);
		}
		else if (message instanceof Promise promise) {
			promised(sender, promise);
		}
		else if (message instanceof AcceptSync sync) {
			leads(sender, sync.ballot(), message);
			claims(sender, sync.decidedIndex(), message);
		}
		else {
			sentRarely(sender, message);
		}
	}

	private void sentRarely(DiskLedger sender, Message message) {
		if (message instanceof Prepare prepare) {
			leads(sender, prepare.ballot(), message);
			claims(sender, prepare.position().decidedIndex(), message);
		}
		else if (message instanceof NotAccepted refusal) {
			covers(sender, refusal.promise(), message);
		}
		else if (message instanceof DecidedPiece piece) {
			covers(sender, piece.promise(), message);
			long index = piece.from();
			for (Entry entry : piece.entries()) {
				this.chosen.mustHold(sender.pid(), index++, entry);
			}
		}
		else if (message instanceof SnapshotPiece piece) {
			covers(sender, piece.promise(), message);
		}
		else if (message instanceof TrimLog trim) {
			trims(sender, trim);
		}
		else if (message instanceof CatchUp catchUp) {
			leads(sender, catchUp.ballot(), message);
			claims(sender, catchUp.decidedIndex(), message);
			has(catchUp.source(), sender, catchUp);
		}
		else if (message instanceof FetchUndecided fetch) {
			leads(sender, fetch.ballot(), message);
		}
		else if (message instanceof ReadProbe probe) {
			leads(sender, probe.ballot(), message);
		}
		else if (message instanceof HandOver handOver) {
			leads(sender, handOver.ballot(), message);
		}
	}

	private void trims(DiskLedger sender, TrimLog trim) {
		leads(sender, trim.ballot(), trim);
		sender.must(sender.compacted() >= trim.index(), "a leader trims its own log first", trim);
		for (DiskLedger other : this.ledgers) {
			other.must(other.decided() >= trim.index(), "only what every node has durably decided is trimmed", trim);
		}
	}

	private void promised(DiskLedger sender, Promise promise) {
		sender.must(
				sender.promise().equals(promise.ballot())
						&& sender.acceptedRound().equals(promise.position().acceptedRound())
						&& sender.accepted() >= promise.position().acceptedIndex(),
				"a promise is durable before it leaves", promise);
		claims(sender, promise.position().decidedIndex(), promise);
	}

	private void accepted(DiskLedger sender, Accepted accepted) {
		sender.must(
				sender.acceptedRound().equals(accepted.ballot()) && sender.accepted() >= accepted.acceptedIndex()
						&& sender.decided() >= accepted.decidedIndex(),
				"an acceptance is durable before it leaves", accepted);
	}

	private void covers(DiskLedger sender, Ballot promise, Message message) {
		sender.must(sender.promise().compareTo(promise) >= 0, "a promise is durable before it is told", message);
	}

	private void claims(DiskLedger sender, long decided, Message message) {
		sender.must(decided <= this.chosen.length(), "what is decided is on the disks of a write quorum", message);
	}

	/** A leader may have decided what is not on its own disk yet. */
	private void has(NodeId source, DiskLedger leader, CatchUp message) {
		for (DiskLedger ledger : this.ledgers) {
			boolean has = !ledger.pid().equals(source) || ledger == leader
					|| ledger.accepted() >= message.decidedIndex();
			ledger.must(has, "whoever is named to catch up from has it on its disk", message);
		}
	}

	private void leads(DiskLedger sender, Ballot ballot, Message message) {
		sender.must(ballot.pid().equals(sender.pid()), "a ballot has one leader", message);
		covers(sender, ballot, message);
		Long life = this.livesOfLeaders.putIfAbsent(ballot, sender.session());
		sender.must(life == null || life == sender.session(), "no ballot is led in two lives", message);
	}

}
