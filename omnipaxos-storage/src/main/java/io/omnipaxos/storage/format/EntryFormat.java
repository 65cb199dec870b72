package io.omnipaxos.storage.format;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.storage.StorageException;

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
			ConfigFormat.write(out, stopSign.next());
			out.writePayload(stopSign.metadata());
		}
	}

	static Entry read(ByteReader in) {
		int kind = in.readByte();
		ProposalId id = readId(in);
		return switch (kind) {
			case COMMAND -> new Entry.Command(id, in.readPayload());
			case STOP_SIGN -> new Entry.StopSign(id, ConfigFormat.read(in), in.readPayload());
			default -> throw new StorageException("No kind of entry has number " + kind, null);
		};
	}

	/** Moves beyond an entry without making it. */
	static void skip(ByteReader in) {
		int kind = in.readByte();
		readId(in);
		if (kind == STOP_SIGN) {
			ConfigFormat.read(in);
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

}
