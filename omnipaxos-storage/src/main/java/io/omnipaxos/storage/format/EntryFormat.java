package io.omnipaxos.storage.format;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.storage.StorageException;
import org.jspecify.annotations.Nullable;

/** One entry in bytes. */
final class EntryFormat {

	private static final int COMMAND = 1;

	private static final int STOP_SIGN = 2;

	private EntryFormat() {
	}

	static void write(ByteWriter out, Entry entry) {
		out.writeByte((entry instanceof Entry.StopSign) ? STOP_SIGN : COMMAND);
		writeId(out, entry.id());
		if (entry instanceof Entry.Command command) {
			out.writePayload(command.payload());
		}
		else if (entry instanceof Entry.StopSign stopSign) {
			writeConfig(out, stopSign.next());
			out.writePayload(stopSign.metadata());
		}
	}

	static Entry read(ByteReader in) {
		int kind = in.readByte();
		ProposalId id = readId(in);
		return switch (kind) {
			case COMMAND -> new Entry.Command(id, in.readPayload());
			case STOP_SIGN -> new Entry.StopSign(id, readConfig(in), in.readPayload());
			default -> throw new StorageException("No kind of entry has number " + kind, null);
		};
	}

	/** Moves beyond an entry without making it. */
	static void skip(ByteReader in) {
		int kind = in.readByte();
		readId(in);
		if (kind == STOP_SIGN) {
			readConfig(in);
		}
		in.skip(in.readInt());
	}

	static void writeId(ByteWriter out, ProposalId id) {
		out.writeLong(id.pid().value());
		out.writeLong(id.session());
		out.writeLong(id.seq());
	}

	static ProposalId readId(ByteReader in) {
		return new ProposalId(new NodeId(in.readLong()), in.readLong(), in.readLong());
	}

	private static void writeConfig(ByteWriter out, ClusterConfig config) {
		out.writeLong(config.configurationId());
		out.writeLong(config.nodes().size());
		config.nodes().forEach((node) -> out.writeLong(node.value()));
		FlexibleQuorum quorum = config.flexibleQuorum();
		out.writeLong((quorum != null) ? quorum.readQuorumSize() : 0);
		out.writeLong((quorum != null) ? quorum.writeQuorumSize() : 0);
	}

	private static ClusterConfig readConfig(ByteReader in) {
		int configurationId = in.readInt();
		int count = in.readInt();
		List<NodeId> nodes = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			nodes.add(new NodeId(in.readLong()));
		}
		return new ClusterConfig(configurationId, nodes, quorum(in.readInt(), in.readInt()));
	}

	private static @Nullable FlexibleQuorum quorum(int read, int write) {
		return (read > 0) ? new FlexibleQuorum(read, write) : null;
	}

}
