package io.omnipaxos.storage.format;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.core.storage.StoredState;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a log but its entries and its snapshot: one small piece, rewritten
 * with every write.
 *
 * @param state what the protocol stores
 * @param snapshotNumber number under which the snapshot's bytes are kept; the one being
 * staged has the next
 */
public record LogHeader(StoredState state, long snapshotNumber) {

	/** Header of a new log. */
	public static final LogHeader NEW = new LogHeader(StoredState.EMPTY, 0);

	/** The first, which did not record the configuration. */
	private static final int WITHOUT_CONFIGURATION = 1;

	/** The second, which did not say whose header it was. */
	private static final int WITHOUT_LOG = 2;

	private static final int VERSION = 3;

	/**
	 * Returns the header in bytes.
	 * @param logId number of the log, under which everything else of it is kept
	 * @param name name of the log
	 */
	public byte[] toBytes(int logId, String name) {
		ByteWriter out = new ByteWriter(200);
		out.writeByte(VERSION);
		out.writeLong(logId);
		out.writePayload(Payload.ofText(name));
		out.writeLong(this.snapshotNumber);
		out.writeLong(this.state.session());
		writeBallot(out, this.state.promise());
		writeBallot(out, this.state.acceptedRound());
		out.writeLong(this.state.acceptedIndex());
		out.writeLong(this.state.decidedIndex());
		writeSessions(out, this.state.decidedSessions());
		out.writeLong(this.state.compactedIndex());
		writeSessions(out, this.state.compactedSessions());
		writeSnapshot(out, this.state.snapshot());
		writeConfiguration(out, this.state.configuration());
		return out.finish(0);
	}

	/**
	 * Reads a header.
	 * @param logId number of the log that it was found with
	 * @param name name of the log that it was found under
	 * @param bytes what {@link #toBytes} returned, of this version of the library or an
	 * earlier one
	 * @return header
	 * @throws StorageException if it is damaged, or another log's
	 */
	public static LogHeader of(int logId, String name, byte[] bytes) {
		ByteReader in = new ByteReader(bytes, 0, "state");
		int version = in.readByte();
		if (version < WITHOUT_CONFIGURATION || version > VERSION) {
			throw new StorageException(
					("The log is stored in format %d, and this version of the library reads formats up to %d: "
							+ "start the node with the version that wrote it")
						.formatted(version, VERSION),
					null);
		}
		if (version > WITHOUT_LOG) {
			checkLog(in, logId, name);
		}
		long snapshotNumber = in.readLong();
		return new LogHeader(new StoredState(in.readLong(), readBallot(in), readBallot(in), in.readLong(),
				in.readLong(), readSessions(in), in.readLong(), readSessions(in), readSnapshot(in),
				(version > WITHOUT_CONFIGURATION) ? readConfiguration(in) : null), snapshotNumber);
	}

	private static void checkLog(ByteReader in, int logId, String name) {
		long writtenId = in.readLong();
		String writtenName = in.readPayload().asText();
		if (writtenId != logId || !writtenName.equals(name)) {
			throw new StorageException(
					"The stored state of log %s, number %d, is in the place of that of log %s, number %d"
						.formatted(writtenName, writtenId, name, logId),
					null);
		}
	}

	private static void writeBallot(ByteWriter out, Ballot ballot) {
		out.writeLong(ballot.configurationId());
		out.writeLong(ballot.n());
		out.writeLong(ballot.priority());
		out.writeLong(ballot.pid().value());
	}

	private static Ballot readBallot(ByteReader in) {
		return new Ballot(in.readInt(), in.readLong(), in.readInt(), new NodeId(in.readLong()));
	}

	private static void writeSessions(ByteWriter out, SessionTable sessions) {
		out.writeLong(sessions.last().size());
		sessions.last().forEach((id) -> EntryFormat.writeId(out, id));
	}

	private static SessionTable readSessions(ByteReader in) {
		int count = in.readInt();
		List<ProposalId> last = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			last.add(EntryFormat.readId(in));
		}
		return SessionTable.of(last);
	}

	private static void writeSnapshot(ByteWriter out, @Nullable StoredSnapshot snapshot) {
		out.writeByte((snapshot != null) ? 1 : 0);
		if (snapshot != null) {
			out.writeLong(snapshot.id().base());
			out.writeLong(snapshot.id().index());
			out.writeLong(snapshot.size());
		}
	}

	private static @Nullable StoredSnapshot readSnapshot(ByteReader in) {
		return (in.readByte() == 1) ? new StoredSnapshot(new SnapshotId(in.readLong(), in.readLong()), in.readLong())
				: null;
	}

	private static void writeConfiguration(ByteWriter out, @Nullable ClusterConfig configuration) {
		out.writeByte((configuration != null) ? 1 : 0);
		if (configuration != null) {
			ConfigFormat.write(out, configuration);
		}
	}

	private static @Nullable ClusterConfig readConfiguration(ByteReader in) {
		return (in.readByte() == 1) ? ConfigFormat.read(in) : null;
	}

}
