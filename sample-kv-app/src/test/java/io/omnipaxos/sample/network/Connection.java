package io.omnipaxos.sample.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One connection through a link: a socket on either side, and a pump for each direction.
 * The far side is connected when the first bytes could pass.
 */
final class Connection implements Closeable {

	private final Socket near;

	private final Socket far = new Socket();

	private final SocketAddress target;

	private final Pump forth;

	private final Pump back;

	private final List<Thread> threads = new ArrayList<>();

	private final Consumer<Connection> onEnd;

	private int openDirections = 2;

	private boolean closed;

	Connection(Socket near, int targetPort, Pump forth, Pump back, Consumer<Connection> onEnd) {
		this.near = near;
		this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
		this.forth = forth;
		this.back = back;
		this.onEnd = onEnd;
	}

	void start(Executor executor) {
		run(executor, this::takeIn);
		run(executor, () -> connect(executor));
	}

	private void takeIn() throws IOException, InterruptedException {
		this.forth.takeIn(this.near.getInputStream());
		if (!this.forth.isOpen() && !this.far.isConnected()) {
			// Given up before anything could pass.
			close();
		}
	}

	private void connect(Executor executor) throws IOException, InterruptedException {
		this.forth.awaitPassage();
		this.near.setTcpNoDelay(true);
		this.far.setTcpNoDelay(true);
		this.far.connect(this.target);
		run(executor, () -> this.back.takeIn(this.far.getInputStream()));
		run(executor, () -> {
			this.back.letOut(this.near.getOutputStream());
			ended(this.near);
		});
		this.forth.letOut(this.far.getOutputStream());
		ended(this.far);
	}

	/** A direction is over: tells the receiver, and the other one goes on. */
	private void ended(Socket receiver) throws IOException {
		receiver.shutdownOutput();
		boolean last;
		synchronized (this) {
			last = --this.openDirections == 0;
		}
		if (last) {
			close();
		}
	}

	private void run(Executor executor, Step step) {
		executor.execute(() -> {
			if (enter()) {
				try {
					step.run();
				}
				catch (IOException | InterruptedException ex) {
					// One side is gone, so the other has to go; or this was closed.
					close();
				}
				finally {
					leave();
				}
			}
		});
	}

	private synchronized boolean enter() {
		if (!this.closed) {
			this.threads.add(Thread.currentThread());
		}
		return !this.closed;
	}

	/** Leaves no interrupt behind for whatever the thread does next. */
	private synchronized void leave() {
		this.threads.remove(Thread.currentThread());
		Thread.interrupted();
	}

	/** Breaks the connection: both sides find it reset. */
	@Override
	public void close() {
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.closed = true;
			this.threads.stream().filter((thread) -> thread != Thread.currentThread()).forEach(Thread::interrupt);
		}
		reset(this.near);
		reset(this.far);
		this.onEnd.accept(this);
	}

	private static void reset(Socket socket) {
		try (socket) {
			if (socket.isConnected() && !socket.isClosed()) {
				socket.setSoLinger(true, 0);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Step {

		void run() throws IOException, InterruptedException;

	}

}
