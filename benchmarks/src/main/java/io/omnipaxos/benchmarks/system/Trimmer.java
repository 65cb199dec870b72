package io.omnipaxos.benchmarks.system;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.omnipaxos.node.ReplicatedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops what every node has decided, several times a second. */
final class Trimmer {

	private static final Logger LOGGER = LoggerFactory.getLogger(Trimmer.class);

	private static final long PAUSE_MILLIS = 200;

	private Trimmer() {
	}

	static void start(ReplicatedLog<?> log, BooleanSupplier leads) {
		ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "trimmer");
			thread.setDaemon(true);
			return thread;
		});
		scheduler.scheduleWithFixedDelay(() -> {
			if (leads.getAsBoolean()) {
				log.trim().whenComplete((done, failure) -> {
					if (failure != null) {
						LOGGER.warn("Not trimmed", failure);
					}
				});
			}
		}, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
	}

}
