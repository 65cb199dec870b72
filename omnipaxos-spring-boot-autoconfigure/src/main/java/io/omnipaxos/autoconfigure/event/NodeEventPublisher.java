package io.omnipaxos.autoconfigure.event;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.Notice;
import io.omnipaxos.node.NodeListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what happens to the logs as application events, on a thread of its own and in
 * order: a listener may wait for the very log that it hears about. Events that listeners
 * can't keep up with are dropped, and logged.
 */
final class NodeEventPublisher implements NodeListener, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(NodeEventPublisher.class);

	private static final int MAX_WAITING = 1_000;

	private final ApplicationEventPublisher publisher;

	private final ThreadPoolExecutor executor;

	NodeEventPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
		this.executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING),
				NodeEventPublisher::thread);
		this.executor.allowCoreThreadTimeOut(true);
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "omnipaxos-events");
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public void leaderChanged(String log, Notice.LeaderChanged change) {
		publish(new LeaderChangedEvent(log, change.leader(), change.ballot()));
	}

	@Override
	public void configurationStopped(String log, Notice.Stopped stopped) {
		publish(new ConfigurationStoppedEvent(log, stopped.index(), stopped.stopSign().next(),
				stopped.stopSign().metadata()));
	}

	@Override
	public void catchUpImpossible(String log, Notice.CatchUpImpossible lack) {
		publish(new CatchUpImpossibleEvent(log, lack.from(), lack.availableFrom()));
	}

	@Override
	public void replicaFailed(String log, Throwable cause) {
		publish(new ReplicaFailedEvent(log, cause));
	}

	private void publish(Object event) {
		try {
			this.executor.execute(() -> deliver(event));
		}
		catch (RejectedExecutionException ex) {
			logger.warn("{} is not published: {}", event,
					this.executor.isShutdown() ? "the application stops" : "the listeners are too slow");
		}
	}

	private void deliver(Object event) {
		try {
			this.publisher.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener of {} has failed", event, ex);
		}
	}

	@Override
	public void destroy() {
		this.executor.shutdown();
	}

}
