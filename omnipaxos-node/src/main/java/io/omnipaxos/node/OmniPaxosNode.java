package io.omnipaxos.node;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ScheduledExecutorService;

import io.omnipaxos.core.storage.StorageFactory;
import org.jspecify.annotations.Nullable;

/** Skeleton: signatures only. One server of a cluster: its logs, at work. */
public final class OmniPaxosNode implements AutoCloseable {

	public static Builder builder(OmniPaxosConfig config) {
		throw new UnsupportedOperationException();
	}

	/** Opens the storages, starts a replica for each log, and the transport. */
	public void start() {
	}

	public OmniPaxosConfig config() {
		throw new UnsupportedOperationException();
	}

	public String clusterName() {
		throw new UnsupportedOperationException();
	}

	/** Usable (and injectable) before start(); appends are refused until then. */
	public <T> ReplicatedLog<T> log(EntryType<T> type) {
		throw new UnsupportedOperationException();
	}

	public Collection<ReplicatedLog<?>> logs() {
		throw new UnsupportedOperationException();
	}

	/** Why the replica of that log stopped by itself, or null while it runs. */
	public @Nullable Throwable failure(String log) {
		throw new UnsupportedOperationException();
	}

	/** Counters and timings for metrics, per log. */
	public ReplicaMetrics metrics(String log) {
		throw new UnsupportedOperationException();
	}

	public Transport transport() {
		throw new UnsupportedOperationException();
	}

	/** Refuses appends, hands leadership over (bounded wait), then stops. Idempotent. */
	public void stop(Duration handOverTimeout) {
	}

	@Override
	public void close() {
	}

	public static final class Builder {

		public Builder clusterName(String name) {
			return this;
		}

		public Builder storage(StorageFactory storage) {
			return this;
		}

		public Builder transport(Transport transport) {
			return this;
		}

		public Builder tickInterval(Duration interval) {
			return this;
		}

		public Builder scheduler(ScheduledExecutorService scheduler) {
			return this;
		}

		public Builder log(EntryType<?> type) {
			return this;
		}

		public Builder listener(NodeListener listener) {
			return this;
		}

		public OmniPaxosNode build() {
			throw new UnsupportedOperationException();
		}

	}

}
