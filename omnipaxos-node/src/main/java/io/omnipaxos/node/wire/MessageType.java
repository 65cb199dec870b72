package io.omnipaxos.node.wire;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How each message is written, and read again. The names of types and fields are the wire
 * format: they may be added to, and never change.
 *
 * @param type record
 * @param writer writes its fields
 * @param reader makes it of its fields
 * @param <M> record
 */
record MessageType<M extends Message>(Class<M> type, Writer<M> writer, Reader<M> reader) {

	private static final List<MessageType<?>> ALL = List.of(
			new MessageType<>(HeartbeatRequest.class,
					(m, out) -> out.number("session", m.session()).number("round", m.round()),
					(in) -> new HeartbeatRequest(in.number("session"), in.number("round"))),
			new MessageType<>(HeartbeatReply.class,
					(m, out) -> out.number("session", m.session())
						.number("round", m.round())
						.ballot("ballot", m.ballot())
						.ballot("leader", m.leader())
						.flag("happy", m.happy())
						.number("decidedIndex", m.decidedIndex()),
					(in) -> new HeartbeatReply(in.number("session"), in.number("round"), in.ballot("ballot"),
							in.ballot("leader"), in.flag("happy"), in.number("decidedIndex"))),
			new MessageType<>(Prepare.class,
					(m, out) -> out.ballot("ballot", m.ballot()).position("position", m.position()),
					(in) -> new Prepare(in.ballot("ballot"), in.position("position"))),
			new MessageType<>(Promise.class,
					(m, out) -> out.ballot("ballot", m.ballot()).position("position", m.position()),
					(in) -> new Promise(in.ballot("ballot"), in.position("position"))),
			new MessageType<>(NotAccepted.class,
					(m, out) -> out.ballot("ballot", m.ballot()).ballot("promise", m.promise()),
					(in) -> new NotAccepted(in.ballot("ballot"), in.ballot("promise"))),
			new MessageType<>(FetchUndecided.class,
					(m, out) -> out.ballot("ballot", m.ballot()).position("of", m.of()).number("from", m.from()),
					(in) -> new FetchUndecided(in.ballot("ballot"), in.position("of"), in.number("from"))),
			new MessageType<>(UndecidedPiece.class,
					(m, out) -> out.ballot("ballot", m.ballot())
						.position("of", m.of())
						.number("from", m.from())
						.entries("entries", m.entries()),
					(in) -> new UndecidedPiece(in.ballot("ballot"), in.position("of"), in.number("from"),
							in.entries())),
			new MessageType<>(AcceptSync.class,
					(m, out) -> out.ballot("ballot", m.ballot())
						.position("of", m.of())
						.number("syncIndex", m.syncIndex())
						.entries("entries", m.entries())
						.number("decidedIndex", m.decidedIndex()),
					(in) -> new AcceptSync(in.ballot("ballot"), in.position("of"), in.number("syncIndex"), in.entries(),
							in.number("decidedIndex"))),
			new MessageType<>(AcceptDecide.class,
					(m, out) -> out.ballot("ballot", m.ballot())
						.number("from", m.from())
						.entries("entries", m.entries())
						.number("decidedIndex", m.decidedIndex()),
					(in) -> new AcceptDecide(in.ballot("ballot"), in.number("from"), in.entries(),
							in.number("decidedIndex"))),
			new MessageType<>(Accepted.class,
					(m, out) -> out.ballot("ballot", m.ballot())
						.number("acceptedIndex", m.acceptedIndex())
						.number("decidedIndex", m.decidedIndex())
						.flag("gap", m.gap()),
					(in) -> new Accepted(in.ballot("ballot"), in.number("acceptedIndex"), in.number("decidedIndex"),
							in.flag("gap"))),
			new MessageType<>(CatchUp.class,
					(m, out) -> out.ballot("ballot", m.ballot())
						.number("decidedIndex", m.decidedIndex())
						.number("source", m.source().value()),
					(in) -> new CatchUp(in.ballot("ballot"), in.number("decidedIndex"), in.optionalNode("source"))),
			new MessageType<>(HandOver.class, (m, out) -> out.ballot("ballot", m.ballot()),
					(in) -> new HandOver(in.ballot("ballot"))),
			new MessageType<>(FetchDecided.class,
					(m, out) -> out.number("from", m.from())
						.snapshot("snapshot", m.snapshot())
						.number("offset", m.offset()),
					(in) -> new FetchDecided(in.number("from"), in.optionalSnapshot("snapshot"), in.number("offset"))),
			new MessageType<>(DecidedPiece.class,
					(m, out) -> out.ballot("promise", m.promise())
						.number("from", m.from())
						.entries("entries", m.entries())
						.number("decidedIndex", m.decidedIndex()),
					(in) -> new DecidedPiece(in.ballot("promise"), in.number("from"), in.entries(),
							in.number("decidedIndex"))),
			new MessageType<>(SnapshotPiece.class,
					(m, out) -> out.ballot("promise", m.promise())
						.number("from", m.from())
						.snapshot("snapshot", m.snapshot())
						.number("size", m.size())
						.number("offset", m.offset())
						.bytes("data", m.data())
						.sessions("sessions", m.sessions()),
					(in) -> new SnapshotPiece(in.ballot("promise"), in.number("from"), in.snapshot("snapshot"),
							in.number("size"), in.number("offset"), in.bytes("data"), in.sessions("sessions"))),
			new MessageType<>(NotAvailable.class,
					(m, out) -> out.number("from", m.from()).number("compactedIndex", m.compactedIndex()),
					(in) -> new NotAvailable(in.number("from"), in.number("compactedIndex"))),
			new MessageType<>(Propose.class, (m, out) -> out.entries("entries", m.entries()),
					(in) -> new Propose(in.entries())),
			new MessageType<>(Expect.class, (m, out) -> out.number("session", m.session()).number("seq", m.seq()),
					(in) -> new Expect(in.number("session"), in.number("seq"))),
			new MessageType<>(BarrierRequest.class, (m, out) -> out.number("session", m.session()).number("id", m.id()),
					(in) -> new BarrierRequest(in.number("session"), in.number("id"))),
			new MessageType<>(BarrierAnswer.class,
					(m, out) -> out.number("session", m.session()).number("id", m.id()).number("index", m.index()),
					(in) -> new BarrierAnswer(in.number("session"), in.number("id"), in.number("index"))),
			new MessageType<>(ReadProbe.class, (m, out) -> out.ballot("ballot", m.ballot()).number("round", m.round()),
					(in) -> new ReadProbe(in.ballot("ballot"), in.number("round"))),
			new MessageType<>(ReadAck.class, (m, out) -> out.ballot("ballot", m.ballot()).number("round", m.round()),
					(in) -> new ReadAck(in.ballot("ballot"), in.number("round"))),
			new MessageType<>(TrimLog.class, (m, out) -> out.ballot("ballot", m.ballot()).number("index", m.index()),
					(in) -> new TrimLog(in.ballot("ballot"), in.number("index"))),
			new MessageType<>(TakeSnapshot.class, (m, out) -> out.number("index", m.index()),
					(in) -> new TakeSnapshot(in.number("index"))));

	private static final Map<Class<?>, MessageType<?>> BY_CLASS = ALL.stream()
		.collect(Collectors.toUnmodifiableMap(MessageType::type, Function.identity()));

	private static final Map<String, MessageType<?>> BY_NAME = ALL.stream()
		.collect(Collectors.toUnmodifiableMap(MessageType::name, Function.identity()));

	/** Returns the type of that name, or {@code null} when this version has none. */
	static @Nullable MessageType<?> named(String name) {
		return BY_NAME.get(name);
	}

	/** Writes a message as one field of the object that is being written. */
	static void write(Message message, JsonGenerator generator, FieldWriter fields) {
		MessageType<?> type = BY_CLASS.get(message.getClass());
		if (type == null) {
			throw new IllegalStateException("No wire format for " + message.getClass().getSimpleName());
		}
		generator.writeObjectPropertyStart(type.name());
		type.writeFields(message, fields);
		generator.writeEndObject();
	}

	private String name() {
		return this.type.getSimpleName();
	}

	private void writeFields(Message message, FieldWriter fields) {
		this.writer.write(this.type.cast(message), fields);
	}

	M read(ValueReader in) throws FrameException {
		return this.reader.read(MessageFields.read(in));
	}

	@FunctionalInterface
	interface Writer<M> {

		void write(M message, FieldWriter out);

	}

	@FunctionalInterface
	interface Reader<M> {

		M read(MessageFields in) throws FrameException;

	}

}
