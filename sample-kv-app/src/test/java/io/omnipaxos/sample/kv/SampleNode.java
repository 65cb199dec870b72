package io.omnipaxos.sample.kv;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.sample.faults.FragileApplication;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * A node of the sample as a process of its own: the executable jar, started as a user
 * does. Never outlives the tests.
 */
class SampleNode implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	/** Makes a process that starts fast, however slow it may stay. */
	static final List<String> JAVA = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

	/** The executable jar, as users start it. */
	static final List<String> JAR = List.of("-jar", System.getProperty("sample.jar", ""));

	/** The same application, to which bad things can be done. */
	static final List<String> FRAGILE = List.of("-cp", System.getProperty("java.class.path"),
			FragileApplication.class.getName());

	private final Site site;

	private final Path log;

	private final List<String> program;

	private final List<String> arguments;

	private final Thread reaper = new Thread(this::kill);

	private @Nullable Process process;

	SampleNode(Site site, Path log, List<String> program, List<String> arguments) {
		this.site = site;
		this.log = log;
		this.program = List.copyOf(program);
		this.arguments = List.copyOf(arguments);
		Runtime.getRuntime().addShutdownHook(this.reaper);
	}

	int port() {
		return this.site.port();
	}

	KvClient client() {
		return new KvClient(this.site.host(), this.site.port());
	}

	/** Returns the number of the process in its system. */
	long processId() {
		return running().pid();
	}

	/** Starts the process; does not wait until it serves. */
	void start() {
		List<String> command = new ArrayList<>(this.site.inside());
		command.addAll(JAVA);
		command.addAll(this.program);
		command.addAll(this.arguments);
		try {
			File output = Files.createDirectories(this.log.getParent()).resolve(this.log.getFileName()).toFile();
			this.process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(output))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits until the node hears a leader and has what is decided. */
	void awaitHealthy() {
		awaitStatus("actuator/health", 200);
	}

	/** Waits until the node answers at all, whatever it says. */
	void awaitServing() {
		awaitStatus("kv?consistency=local", 200);
	}

	private void awaitStatus(String path, int status) {
		KvClient client = client();
		await().atMost(START_TIMEOUT).pollInterval(Duration.ofMillis(200)).until(() -> {
			if (!running().isAlive()) {
				throw new IllegalStateException("The node on port %d has ended: %s".formatted(port(), output()));
			}
			return answers(client, path, status);
		});
	}

	private static boolean answers(KvClient client, String path, int status) {
		try {
			return client.get(path).status() == status;
		}
		catch (IOException ex) {
			return false;
		}
	}

	boolean isAlive() {
		return this.process != null && this.process.isAlive();
	}

	/** Waits until the process has ended by itself. */
	int awaitExit() {
		return exitOf(running(), START_TIMEOUT);
	}

	/** {@code kill -9}: nothing in the process gets to run any more. */
	void kill() {
		if (this.process != null) {
			exitOf(this.process.destroyForcibly(), STOP_TIMEOUT);
		}
	}

	/** Asks the process to end, as Ctrl-C does. */
	int stop() {
		Process stopping = running();
		stopping.destroy();
		return exitOf(stopping, STOP_TIMEOUT);
	}

	/** The process does not run until {@link #resume}, but keeps its connections. */
	void pause() {
		signal("STOP");
	}

	void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			Process kill = new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, running().pid())).inheritIO()
				.start();
			int exit = exitOf(kill, STOP_TIMEOUT);
			if (exit != 0) {
				throw new IllegalStateException("Could not send SIG" + name);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns what the process has printed. */
	String output() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		kill();
		Runtime.getRuntime().removeShutdownHook(this.reaper);
	}

	private Process running() {
		if (this.process == null) {
			throw new IllegalStateException("Not started");
		}
		return this.process;
	}

	private static int exitOf(Process process, Duration timeout) {
		try {
			if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new IllegalStateException(
						"Process %d goes on for more than %s".formatted(process.pid(), timeout));
			}
			return process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Where a node lives.
	 *
	 * @param host address on which it listens
	 * @param port port on which it listens
	 * @param inside what a command begins with that is to run there
	 */
	record Site(String host, int port, List<String> inside) {

		static Site here(int port) {
			return new Site("127.0.0.1", port, List.of());
		}

	}

}
