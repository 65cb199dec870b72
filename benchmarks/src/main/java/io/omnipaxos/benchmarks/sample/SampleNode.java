package io.omnipaxos.benchmarks.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A node of the sample, started as a user does; can be killed, stopped and started again.
 */
final class SampleNode implements AutoCloseable {

	private static final long STOP_SECONDS = 20;

	private final List<String> command;

	private final Path output;

	private final int port;

	private Process process;

	SampleNode(int pid, List<Integer> ports, Path jar, Path directory) throws IOException {
		this.port = ports.get(pid - 1);
		this.output = directory.resolve("node-%d.txt".formatted(pid));
		this.command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-jar",
						jar.toString(), "--node=" + pid, "--server.port=" + this.port, "--kv.data-dir=" + directory));
		for (int peer = 1; peer <= ports.size(); peer++) {
			this.command
				.add("--omnipaxos.peers.%d=http://%s:%d".formatted(peer, SampleCluster.HOST, ports.get(peer - 1)));
		}
		this.process = launch();
	}

	private Process launch() throws IOException {
		return new ProcessBuilder(this.command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.output.toFile()))
			.start();
	}

	/** Starts the process anew, once it has ended. */
	void restart() {
		await();
		try {
			this.process = launch();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** {@code kill -9}. */
	void kill() {
		this.process.destroyForcibly();
	}

	/** Asks the process to end, as Ctrl-C does. */
	void stop() {
		this.process.destroy();
	}

	String url() {
		return "http://%s:%d".formatted(SampleCluster.HOST, this.port);
	}

	/** Returns whether the process runs; fails when it ended by itself. */
	void checkAlive() {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("A node has ended; see " + this.output);
		}
	}

	private void await() {
		try {
			if (!this.process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		stop();
		await();
	}

}
