package io.omnipaxos.benchmarks.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.omnipaxos.benchmarks.system.NodeSettings;
import io.omnipaxos.benchmarks.system.SystemKind;

/** The process of one node, as whoever started it sees it. */
final class NodeProcess implements AutoCloseable {

	private static final long STOP_SECONDS = 10;

	/** Longer than any answer takes, and than any run lasts. */
	private static final long PATIENCE_SECONDS = 120;

	private final ProcessBuilder command;

	private Process process;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final Path output;

	private List<ProcessHandle> helpers = List.of();

	NodeProcess(SystemKind kind, NodeSettings node, List<String> jvmOptions) throws IOException {
		Files.createDirectories(node.directory());
		this.output = node.directory().resolve("output.txt");
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmOptions);
		command.addAll(List.of("-cp", classPath(), NodeMain.class.getName()));
		command.addAll(NodeArguments.format(kind, node));
		this.command = new ProcessBuilder(command).directory(node.directory().toFile())
			.redirectError(ProcessBuilder.Redirect.appendTo(this.output.toFile()));
		// MariaDB servers that share one remove each other's files as they start.
		this.command.environment().put("TMPDIR", node.directory().toString());
		this.process = launch();
	}

	private Process launch() throws IOException {
		Process launched = this.command.start();
		Thread listener = new Thread(() -> listen(launched), "node-output");
		listener.setDaemon(true);
		listener.start();
		return launched;
	}

	/** Starts the process anew, after it was closed, and waits until it is ready. */
	void restart() throws IOException {
		this.answers.clear();
		this.process = launch();
		awaitReady();
	}

	/** Lets the process do nothing until it is resumed; it keeps what it has. */
	void pause() throws IOException {
		signal("STOP");
	}

	void resume() throws IOException {
		signal("CONT");
	}

	private void signal(String name) throws IOException {
		Process kill = new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, this.process.pid())).inheritIO()
			.start();
		if (kill.onExit().join().exitValue() != 0) {
			throw new IOException("Signal %s was not sent to process %d".formatted(name, this.process.pid()));
		}
	}

	private void listen(Process launched) {
		try (BufferedReader lines = launched.inputReader(StandardCharsets.UTF_8)) {
			lines.lines().forEach(this.answers::add);
		}
		catch (IOException | UncheckedIOException ex) {
			this.answers.add(Protocol.FAILED + " " + ex);
		}
		this.answers.add(Protocol.FAILED + " it has ended");
	}

	/**
	 * Returns the class path of this process, which the node has from another directory.
	 */
	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((element) -> Path.of(element).toAbsolutePath().toString())
			.collect(Collectors.joining(File.pathSeparator));
	}

	void awaitReady() {
		this.helpers = Arrays.stream(await(Protocol.READY).split(" "))
			.filter((pid) -> !pid.isEmpty())
			.flatMap((pid) -> ProcessHandle.of(Long.parseLong(pid)).stream())
			.toList();
	}

	boolean leads() {
		order(Protocol.LEADS);
		return Boolean.parseBoolean(await(Protocol.LEADS));
	}

	/** Asks how the node is, after a full collection of its garbage or as it stands. */
	NodeStatus status(boolean collect) {
		order(Protocol.STATUS + " " + collect);
		return NodeStatus.parse(await(Protocol.STATUS));
	}

	/** Asks for the latencies of the steady load since this was asked before. */
	Sample latencies() {
		order(Protocol.LATENCIES);
		return Sample.parse(await(Protocol.LATENCIES));
	}

	void order(String order) {
		try {
			this.process.outputWriter(StandardCharsets.UTF_8).append(order).append('\n').flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("A node has ended; see " + this.output, ex);
		}
	}

	/** Waits for an answer, and returns what comes after its first word. */
	String await(String answer) {
		return await(answer, 0);
	}

	/** Waits for an answer that comes when some seconds are over. */
	String await(String answer, int seconds) {
		try {
			String line = this.answers.poll(seconds + PATIENCE_SECONDS, TimeUnit.SECONDS);
			if (line == null || !line.startsWith(answer)) {
				throw new IllegalStateException(
						"A node said '%s' instead of '%s'; see %s".formatted(line, answer, this.output));
			}
			return line.substring(answer.length()).strip();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	/**
	 * Returns the time that all processes of the node have computed, as the system
	 * counts.
	 */
	Duration cpu() {
		return processes().flatMap((handle) -> handle.info().totalCpuDuration().stream())
			.reduce(Duration.ZERO, Duration::plus);
	}

	private Stream<ProcessHandle> processes() {
		return Stream.concat(Stream.of(this.process.toHandle()), this.helpers.stream())
			.flatMap((handle) -> Stream.concat(Stream.of(handle), handle.descendants()));
	}

	/** Asks the process to stop; returns before it has. */
	void stop() {
		if (this.process.isAlive()) {
			try {
				this.process.outputWriter(StandardCharsets.UTF_8).close();
			}
			catch (IOException ex) {
				this.process.destroy();
			}
		}
	}

	/** Stops the process and all that it has started, if need be by force. */
	@Override
	public void close() {
		List<ProcessHandle> all = processes().toList();
		stop();
		try {
			this.process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		all.forEach(ProcessHandle::destroyForcibly);
	}

}
