package io.omnipaxos.test.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.omnipaxos.core.Notice;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.storage.StorageOp;

/** Several observers as one. */
final class Observers implements Observer {

	private final List<Observer> all = new ArrayList<>();

	void add(Observer observer) {
		this.all.add(observer);
	}

	private void each(Consumer<Observer> what) {
		for (Observer observer : this.all) {
			what.accept(observer);
		}
	}

	@Override
	public void started(SimulatedNode node) {
		each((observer) -> observer.started(node));
	}

	@Override
	public void stopped(SimulatedNode node, String why) {
		each((observer) -> observer.stopped(node, why));
	}

	@Override
	public void asked(SimulatedNode node, String what) {
		each((observer) -> observer.asked(node, what));
	}

	@Override
	public void drained(SimulatedNode node, List<Envelope> batch) {
		each((observer) -> observer.drained(node, batch));
	}

	@Override
	public void sent(SimulatedNode node, Envelope envelope, Fate fate) {
		each((observer) -> observer.sent(node, envelope, fate));
	}

	@Override
	public void arrived(SimulatedNode node, Envelope envelope) {
		each((observer) -> observer.arrived(node, envelope));
	}

	@Override
	public void wrote(SimulatedNode node, List<StorageOp> ops) {
		each((observer) -> observer.wrote(node, ops));
	}

	@Override
	public void noticed(SimulatedNode node, Notice notice) {
		each((observer) -> observer.noticed(node, notice));
	}

	@Override
	public void proposed(SimulatedNode node, SimulatedAppend append) {
		each((observer) -> observer.proposed(node, append));
	}

	@Override
	public void refused(SimulatedNode node, SimulatedAppend append) {
		each((observer) -> observer.refused(node, append));
	}

	@Override
	public void barrierAsked(SimulatedNode node, SimulatedBarrier barrier) {
		each((observer) -> observer.barrierAsked(node, barrier));
	}

	@Override
	public void settled(SimulatedNode node) {
		each((observer) -> observer.settled(node));
	}

}
