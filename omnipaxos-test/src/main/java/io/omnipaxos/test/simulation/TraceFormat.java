package io.omnipaxos.test.simulation;

import java.util.List;
import java.util.stream.Collectors;

import io.omnipaxos.core.Notice;
import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.AcceptMessage.HandOver;
import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.FetchDecided;
import io.omnipaxos.core.message.CatchUpMessage.NotAvailable;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.CompactionMessage.TakeSnapshot;
import io.omnipaxos.core.message.CompactionMessage.TrimLog;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.PrepareMessage.FetchUndecided;
import io.omnipaxos.core.message.PrepareMessage.NotAccepted;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.message.ReadMessage.BarrierAnswer;
import io.omnipaxos.core.message.ReadMessage.BarrierRequest;
import io.omnipaxos.core.message.ReadMessage.ReadAck;
import io.omnipaxos.core.message.ReadMessage.ReadProbe;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StorageOp;

/** Messages, writes and notices as short lines. A ballot is its number and its node. */
final class TraceFormat {

	private TraceFormat() {
	}

	static String ballot(Ballot ballot) {
		if (ballot.equals(Ballot.NONE)) {
			return "none";
		}
		String priority = (ballot.priority() > 0) ? "p" + ballot.priority() : "";
		return ballot.n() + priority + "." + ballot.pid();
	}

	private static String position(LogPosition position) {
		return "round=%s accepted=%d decided=%d".formatted(ballot(position.acceptedRound()), position.acceptedIndex(),
				position.decidedIndex());
	}

	private static String entries(List<Entry> entries) {
		return entries.stream().map(AppliedLog::text).collect(Collectors.joining(", ", "[", "]"));
	}

	private static String snapshot(SnapshotId id) {
		return "%d..%d".formatted(id.base(), id.index());
	}

	/** Returns the name of a message and what it says. */
	static String message(Message message) {
		return "%-16s %s".formatted(message.getClass().getSimpleName(), content(message)).stripTrailing();
	}

	private static String content(Message message) {
		if (message instanceof AcceptDecide it) {
			return "%s from=%d %s decided=%d".formatted(ballot(it.ballot()), it.from(), entries(it.entries()),
					it.decidedIndex());
		}
		if (message instanceof Accepted it) {
			return "%s accepted=%d decided=%d%s".formatted(ballot(it.ballot()), it.acceptedIndex(), it.decidedIndex(),
					it.gap() ? " gap" : "");
		}
		if (message instanceof AcceptSync it) {
			return "%s of(%s) from=%d %s decided=%d".formatted(ballot(it.ballot()), position(it.of()), it.syncIndex(),
					entries(it.entries()), it.decidedIndex());
		}
		if (message instanceof Prepare it) {
			return ballot(it.ballot()) + " " + position(it.position());
		}
		if (message instanceof Promise it) {
			return ballot(it.ballot()) + " " + position(it.position());
		}
		if (message instanceof NotAccepted it) {
			return "%s promised=%s".formatted(ballot(it.ballot()), ballot(it.promise()));
		}
		if (message instanceof HeartbeatRequest it) {
			return "life=%d round=%d".formatted(it.session(), it.round());
		}
		if (message instanceof HeartbeatReply it) {
			return "life=%d round=%d ballot=%s leader=%s%s decided=%d".formatted(it.session(), it.round(),
					ballot(it.ballot()), ballot(it.leader()), it.happy() ? "" : " unhappy", it.decidedIndex());
		}
		return rareContent(message);
	}

	private static String rareContent(Message message) {
		if (message instanceof CatchUp it) {
			return "%s decided=%d source=%s".formatted(ballot(it.ballot()), it.decidedIndex(), it.source());
		}
		if (message instanceof HandOver it) {
			return ballot(it.ballot());
		}
		if (message instanceof FetchUndecided it) {
			return "%s of(%s) from=%d".formatted(ballot(it.ballot()), position(it.of()), it.from());
		}
		if (message instanceof UndecidedPiece it) {
			return "%s of(%s) from=%d %s".formatted(ballot(it.ballot()), position(it.of()), it.from(),
					entries(it.entries()));
		}
		if (message instanceof FetchDecided it) {
			SnapshotId id = it.snapshot();
			return "from=%d%s".formatted(it.from(),
					(id != null) ? " snapshot=%s at %d".formatted(snapshot(id), it.offset()) : "");
		}
		if (message instanceof DecidedPiece it) {
			return "promise=%s from=%d %s decided=%d".formatted(ballot(it.promise()), it.from(), entries(it.entries()),
					it.decidedIndex());
		}
		if (message instanceof SnapshotPiece it) {
			return "promise=%s from=%d snapshot=%s %d+%d of %d %s".formatted(ballot(it.promise()), it.from(),
					snapshot(it.snapshot()), it.offset(), it.data().size(), it.size(), it.sessions());
		}
		if (message instanceof NotAvailable it) {
			return "from=%d compacted=%d".formatted(it.from(), it.compactedIndex());
		}
		if (message instanceof TrimLog it) {
			return "%s index=%d".formatted(ballot(it.ballot()), it.index());
		}
		return clientContent(message);
	}

	private static String clientContent(Message message) {
		if (message instanceof Propose it) {
			return it.entries().stream().map((entry) -> AppliedLog.text(entry) + "=" + entry.id()).toList().toString();
		}
		if (message instanceof Expect it) {
			return "%d.%d".formatted(it.session(), it.seq());
		}
		if (message instanceof BarrierRequest it) {
			return "life=%d id=%d".formatted(it.session(), it.id());
		}
		if (message instanceof BarrierAnswer it) {
			return "life=%d id=%d index=%d".formatted(it.session(), it.id(), it.index());
		}
		if (message instanceof ReadProbe it) {
			return "%s round=%d".formatted(ballot(it.ballot()), it.round());
		}
		if (message instanceof ReadAck it) {
			return "%s round=%d".formatted(ballot(it.ballot()), it.round());
		}
		if (message instanceof TakeSnapshot it) {
			return "index=" + it.index();
		}
		throw new IllegalArgumentException("No format for " + message);
	}

	static String write(StorageOp op) {
		if (op instanceof StorageOp.StartSession it) {
			return "session " + it.session();
		}
		if (op instanceof StorageOp.SetPromise it) {
			return "promise " + ballot(it.promise());
		}
		if (op instanceof StorageOp.SetAcceptedRound it) {
			return "round " + ballot(it.acceptedRound());
		}
		if (op instanceof StorageOp.Append it) {
			return "from %d %s".formatted(it.from(), entries(it.entries()));
		}
		if (op instanceof StorageOp.SetDecided it) {
			return "decided " + it.index();
		}
		if (op instanceof StorageOp.Trim it) {
			return "trim " + it.index();
		}
		if (op instanceof StorageOp.StageSnapshot it) {
			return "stage %s %d+%d".formatted(snapshot(it.id()), it.offset(), it.data().size());
		}
		if (op instanceof StorageOp.InstallSnapshot it) {
			return "install " + snapshot(it.id());
		}
		throw new IllegalArgumentException("No format for " + op);
	}

	/** Returns what a notice says; one that must be spelled out, by name. */
	static String notice(Notice notice) {
		if (notice instanceof Notice.Decided it) {
			return "decided=%d %s".formatted(it.from() + it.entries().size(), entries(it.entries()));
		}
		if (notice instanceof Notice.LeaderChanged it) {
			return "leader=%s ballot=%s".formatted(it.leader(), ballot(it.ballot()));
		}
		if (notice instanceof Notice.BarrierReached it) {
			return "barriers up to %d reached at %d".formatted(it.upTo(), it.index());
		}
		if (notice instanceof Notice.SnapshotInstalled it) {
			return "snapshot=%s %s".formatted(snapshot(it.snapshot()), it.sessions());
		}
		if (notice instanceof Notice.Stopped it) {
			return "stopped at " + it.index();
		}
		if (notice instanceof Notice.Compacted it) {
			return (it.snapshot() ? "snapshotted " : "trimmed ") + it.index();
		}
		return notice.toString();
	}

}
