package io.omnipaxos.benchmarks.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Three nodes of the sample, each a process that keeps its log in a file of H2. */
final class SampleCluster implements AutoCloseable {

	static final String HOST = "127.0.0.1";

	private static final int SIZE = 3;

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final long TWO_ELECTIONS_MILLIS = 1000;

	private static final Pattern LEADER = Pattern.compile("\"leader\":(\\d+)");

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final List<SampleNode> nodes = new ArrayList<>();

	private final Thread killer = new Thread(() -> this.nodes.forEach(SampleNode::kill));

	SampleCluster(Path jar, Path directory) throws IOException, InterruptedException {
		Runtime.getRuntime().addShutdownHook(this.killer);
		List<Integer> ports = freePorts(SIZE);
		for (int pid = 1; pid <= SIZE; pid++) {
			this.nodes.add(new SampleNode(pid, ports, jar, directory));
		}
		awaitHealthy();
	}

	static List<Integer> freePorts(int count) throws IOException {
		List<ServerSocket> sockets = new ArrayList<>();
		try {
			for (int i = 0; i < count; i++) {
				sockets.add(new ServerSocket(0, 1, InetAddress.getByName(HOST)));
			}
			return sockets.stream().map(ServerSocket::getLocalPort).toList();
		}
		finally {
			for (ServerSocket socket : sockets) {
				socket.close();
			}
		}
	}

	List<SampleNode> nodes() {
		return List.copyOf(this.nodes);
	}

	/** Waits until every node hears a leader and has what is decided. */
	void awaitHealthy() throws InterruptedException {
		for (SampleNode node : this.nodes) {
			await("Not healthy: " + node.url(), () -> {
				node.checkAlive();
				return get(node, "/actuator/health").statusCode() == 200;
			});
		}
	}

	/** Waits until all nodes agree on a leader, and returns it. */
	SampleNode leader() throws InterruptedException {
		await("No leader", () -> leaders().distinct().count() == 1);
		try {
			return this.nodes.get(leaders().findFirst().orElseThrow() - 1);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the leader of long enough that nobody is about to take over from it: in a
	 * new cluster, several nodes may lead one after the other.
	 */
	SampleNode lastingLeader() throws InterruptedException {
		SampleNode leader = leader();
		SampleNode former;
		do {
			former = leader;
			TimeUnit.MILLISECONDS.sleep(TWO_ELECTIONS_MILLIS);
			leader = leader();
		}
		while (leader != former);
		return leader;
	}

	private Stream<Integer> leaders() throws IOException, InterruptedException {
		List<Integer> leaders = new ArrayList<>();
		for (SampleNode node : this.nodes) {
			Matcher leader = LEADER.matcher(get(node, "/actuator/omnipaxos").body());
			leaders.add(leader.find() ? Integer.parseInt(leader.group(1)) : 0);
		}
		return leaders.stream();
	}

	private HttpResponse<String> get(SampleNode node, String path) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(URI.create(node.url() + path)).timeout(PATIENCE).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static void await(String failure, Check check) throws InterruptedException {
		long until = System.nanoTime() + PATIENCE.toNanos();
		while (!holds(check)) {
			if (System.nanoTime() - until > 0) {
				throw new IllegalStateException(failure);
			}
			TimeUnit.MILLISECONDS.sleep(50);
		}
	}

	private static boolean holds(Check check) throws InterruptedException {
		try {
			return check.holds();
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		this.nodes.forEach(SampleNode::stop);
		this.nodes.forEach(SampleNode::close);
		Runtime.getRuntime().removeShutdownHook(this.killer);
	}

	@FunctionalInterface
	private interface Check {

		boolean holds() throws IOException, InterruptedException;

	}

}
