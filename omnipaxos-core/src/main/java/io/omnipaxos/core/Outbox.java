package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.LogSource;
import io.omnipaxos.core.storage.StorageOp;
import org.jspecify.annotations.Nullable;

/**
 * Gathers effects. What has to wait for the disk is kept as a recipe and made when the
 * write is durable, from what is true by then.
 */
final class Outbox {

	/** What a drain brings mostly. */
	private static final int FEW = 4;

	private final NodeId self;

	private final ClusterConfig cluster;

	private List<Envelope> messages = new ArrayList<>();

	private List<Notice> notices = new ArrayList<>();

	private List<PieceReading> readings = List.of();

	private List<Runnable> held = new ArrayList<>();

	Outbox(NodeId self, ClusterConfig cluster) {
		this.self = self;
		this.cluster = cluster;
	}

	/** Sends a message that may leave before the write. */
	void send(NodeId to, Message message) {
		this.messages.add(envelope(to, message));
	}

	/** Sends a message, unless there is none by then, once its piece has been read. */
	void sendOnceRead(NodeId to, Function<LogSource, @Nullable Message> piece) {
		if (this.readings.isEmpty()) {
			this.readings = new ArrayList<>(FEW);
		}
		this.readings.add(new PieceReading(to, (message) -> envelope(to, message), piece));
	}

	private Envelope envelope(NodeId to, Message message) {
		return new Envelope(this.self, to, this.cluster.configurationId(), message);
	}

	/** Sends a message, unless there is none by then, once the write is durable. */
	void sendWhenWritten(NodeId to, Supplier<? extends @Nullable Message> recipe) {
		whenWritten(() -> {
			Message message = recipe.get();
			if (message != null) {
				send(to, message);
			}
		});
	}

	void whenWritten(Runnable action) {
		this.held.add(action);
	}

	void notify(Notice notice) {
		this.notices.add(notice);
	}

	boolean isEmpty() {
		return this.messages.isEmpty() && this.notices.isEmpty() && this.readings.isEmpty() && this.held.isEmpty();
	}

	Effects take(List<StorageOp> writes) {
		List<Envelope> messagesTaken = List.of();
		if (!this.messages.isEmpty()) {
			messagesTaken = this.messages;
			this.messages = new ArrayList<>(FEW);
		}
		List<Notice> noticesTaken = List.of();
		if (!this.notices.isEmpty()) {
			noticesTaken = this.notices;
			this.notices = new ArrayList<>(FEW);
		}
		List<PieceReading> readingsTaken = this.readings;
		this.readings = List.of();
		return new Effects(messagesTaken, writes, noticesTaken, readingsTaken);
	}

	/** The write is durable. */
	void written() {
		if (this.held.isEmpty()) {
			return;
		}
		List<Runnable> due = this.held;
		this.held = new ArrayList<>();
		due.forEach(Runnable::run);
	}

}
