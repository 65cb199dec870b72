package io.omnipaxos.benchmarks.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.omnipaxos.benchmarks.system.NodeSettings;
import io.omnipaxos.benchmarks.system.ReplicatedSystem;
import io.omnipaxos.benchmarks.system.SystemKind;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node in a process of its own. Takes orders from its standard input, a line each,
 * and ends with it: when whoever gave the orders is gone, so is this.
 */
public final class NodeMain {

	private static final Logger LOGGER = LoggerFactory.getLogger(NodeMain.class);

	private final ReplicatedSystem system;

	private final PrintStream answers;

	private @Nullable PacedLoad paced;

	private NodeMain(ReplicatedSystem system, PrintStream answers) {
		this.system = system;
		this.answers = answers;
	}

	/** Runs the node that the arguments describe: {@link NodeArguments}. */
	public static void main(String[] args) throws IOException {
		PrintStream answers = System.out;
		System.setOut(System.err);
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		int status = 0;
		try {
			SystemKind kind = SystemKind.of(args[0]);
			NodeSettings settings = NodeArguments.parse(args);
			try (ReplicatedSystem system = kind.launch(settings)) {
				answers.println(Protocol.READY + " "
						+ system.helpers()
							.map((process) -> Long.toString(process.pid()))
							.collect(Collectors.joining(" ")));
				new NodeMain(system, answers).obey(orders);
			}
		}
		catch (Exception ex) {
			LOGGER.error("The node can not go on", ex);
			answers.println(Protocol.FAILED + " " + ex);
			status = 1;
		}
		// Some systems leave threads behind that would keep the process alive.
		System.exit(status);
	}

	private void obey(BufferedReader orders) throws IOException, InterruptedException {
		for (String line = orders.readLine(); line != null; line = orders.readLine()) {
			String[] order = line.split(" ");
			switch (order[0]) {
				case Protocol.LEADS -> this.answers.println(Protocol.LEADS + " " + this.system.leads());
				case Protocol.RUN -> run(Arrays.stream(order).skip(1).mapToInt(Integer::parseInt).toArray());
				case Protocol.STATUS -> this.answers.println(Protocol.STATUS + " "
						+ NodeStatus.of(this.system.decided(), Boolean.parseBoolean(order[1])).format());
				case Protocol.PACE -> pace(Integer.parseInt(order[1]), Integer.parseInt(order[2]));
				case Protocol.LATENCIES -> latencies();
				case Protocol.EXIT -> {
					return;
				}
				default -> throw new IllegalArgumentException("Not an order: " + line);
			}
		}
	}

	/**
	 * Loads the system: outstanding appends, bytes an entry, seconds to warm up, seconds.
	 */
	private void run(int[] order) throws InterruptedException {
		Load load = new Load(this.system, order[0], order[1]);
		load.start();
		pause(order[2]);
		long failuresBefore = load.failures();
		this.answers.println(Protocol.MEASURING);
		load.measure();
		long began = System.nanoTime();
		pause(order[3]);
		Histogram latencies = load.measured();
		double seconds = (System.nanoTime() - began) / 1e9;
		this.answers.println(Protocol.MEASURED);
		long failures = load.failures() - failuresBefore;
		load.stop();
		this.answers.println(Protocol.RESULT + " " + Sample.of(latencies, seconds, failures).format());
	}

	/** Appends at a steady rate from now on; at a rate of zero, no more. */
	private void pace(int perSecond, int entryBytes) {
		if (this.paced != null) {
			this.paced.close();
			this.paced = null;
		}
		if (perSecond > 0) {
			this.paced = new PacedLoad(this.system, perSecond, entryBytes);
		}
		this.answers.println(Protocol.PACE);
	}

	/** Tells of the steady load since this was asked before. */
	private void latencies() {
		PacedLoad load = Objects.requireNonNull(this.paced, "There is no steady load");
		Histogram latencies = load.latencies();
		double seconds = (latencies.getEndTimeStamp() - latencies.getStartTimeStamp()) / 1e3;
		this.answers.println(Protocol.LATENCIES + " " + Sample.of(latencies, seconds, load.failures()).format());
	}

	private static void pause(int seconds) throws InterruptedException {
		long until = System.nanoTime() + seconds * 1_000_000_000L;
		for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
			TimeUnit.NANOSECONDS.sleep(left);
		}
	}

}
