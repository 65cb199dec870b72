package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.core.storage.PeerStorageIds;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.node.Transport.LocalNode;
import io.omnipaxos.node.TransportHandler;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

/** A transport with a web server on the loopback address, and no log behind it. */
final class TestNode implements AutoCloseable {

	static final String CLUSTER = "kv";

	static final String PATH = "/omnipaxos/stream";

	static final String LOG = "key-value";

	private static final ClusterConfig CLUSTER_CONFIG = ClusterConfig.of(1, 1, 2, 3);

	final NodeId pid;

	final HttpTransport transport;

	/** What this node knows of its peers, whatever becomes of its transport. */
	final PeerStorageIds peerStorageIds = new MemoryStorageFactory("not used", 0);

	private final int port;

	private final IntFunction<ConfigurableServletWebServerFactory> servers;

	private WebServer server;

	TestNode(long pid, HttpTransportSettings settings, Map<NodeId, Integer> ports) {
		this(pid, settings, ports, TestNode::tomcat);
	}

	TestNode(long pid, HttpTransportSettings settings, Map<NodeId, Integer> ports,
			IntFunction<ConfigurableServletWebServerFactory> servers) {
		this(pid, settings, HttpTransportSecurity.NONE, ports, servers);
	}

	/** Creates a node whose peers speak TLS if there are keys for it. */
	TestNode(long pid, HttpTransportSettings settings, HttpTransportSecurity security, Map<NodeId, Integer> ports,
			IntFunction<ConfigurableServletWebServerFactory> servers) {
		String scheme = (security.ssl() != null) ? "https" : "http";
		this.servers = servers;
		this.pid = new NodeId(pid);
		this.port = ports.get(this.pid);
		this.transport = new HttpTransport(settings, security,
				ports.entrySet()
					.stream()
					.collect(Collectors.toMap(Map.Entry::getKey,
							(entry) -> URI.create(scheme + "://127.0.0.1:" + entry.getValue()))));
		this.server = serve();
	}

	/** As the auto-configuration has it. */
	static TomcatServletWebServerFactory tomcat(int port) {
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(port);
		new TomcatCustomizer().customize(factory);
		return factory;
	}

	private WebServer serve() {
		try {
			ConfigurableServletWebServerFactory factory = this.servers.apply(this.port);
			factory.setAddress(InetAddress.getByName("127.0.0.1"));
			WebServer server = factory
				.getWebServer(new ServletRegistrationBean<>(this.transport.servlet(), PATH)::onStartup);
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	TestNode start(TransportHandler handler) {
		return start("storage-" + this.pid, handler);
	}

	TestNode start(String storageId, TransportHandler handler) {
		return start(CLUSTER_CONFIG, storageId, handler);
	}

	TestNode start(ClusterConfig cluster, String storageId, TransportHandler handler) {
		this.transport.start(local(this.pid, cluster, storageId, this.peerStorageIds), handler);
		return this;
	}

	/** Returns a node that knows no peer yet. */
	static LocalNode local(NodeId pid) {
		return local(pid, CLUSTER_CONFIG, "storage-" + pid, new MemoryStorageFactory("not used", 0));
	}

	private static LocalNode local(NodeId pid, ClusterConfig cluster, String storageId, PeerStorageIds known) {
		return new LocalNode(CLUSTER, pid, 1, storageId, known, new OmniPaxosConfig(cluster, ServerConfig.of(pid)));
	}

	void stopServer() {
		this.server.stop();
		this.server.destroy();
	}

	void startServer() {
		this.server = serve();
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.port + PATH);
	}

	Envelope to(long peer, long round) {
		return heartbeat(this.pid.value(), peer, round);
	}

	static Envelope heartbeat(long from, long to, long round) {
		return new Envelope(new NodeId(from), new NodeId(to), 1, new HeartbeatRequest(1, round));
	}

	static HttpTransportSettings settings() {
		return new HttpTransportSettings(PATH, 32 << 20, Duration.ofSeconds(2), Duration.ofSeconds(2),
				Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(1), 10_000,
				64 << 20);
	}

	/** Returns ports that were free a moment ago. */
	static Map<NodeId, Integer> freePorts(long... pids) {
		return Arrays.stream(pids).boxed().collect(Collectors.toMap(NodeId::new, (pid) -> freePort()));
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.transport.close();
		stopServer();
	}

}
