package io.omnipaxos.autoconfigure.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.omnipaxos.autoconfigure.cluster.KeyValueApplication.Store;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** Three applications on the loopback address, each with a database of its own. */
final class TestCluster implements AutoCloseable {

	private static final String NOT_WANTED = Stream
		.of(JettyServletWebServerAutoConfiguration.class, ServletWebSecurityAutoConfiguration.class,
				ManagementWebSecurityAutoConfiguration.class)
		.map(Class::getName)
		.collect(Collectors.joining(","));

	private final Map<Integer, Integer> ports = new TreeMap<>();

	private final Map<Integer, ConfigurableApplicationContext> contexts = new TreeMap<>();

	private final String database;

	TestCluster(String database) {
		this.database = database;
		for (int pid = 1; pid <= 3; pid++) {
			this.ports.put(pid, freePort());
		}
	}

	/** Starts every node that does not run. */
	void startAll() {
		this.ports.keySet().stream().filter((pid) -> !this.contexts.containsKey(pid)).forEach(this::start);
	}

	void start(int pid) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(KeyValueApplication.class).properties(
				"spring.autoconfigure.exclude=" + NOT_WANTED, //
				"server.address=127.0.0.1", //
				"server.port=" + this.ports.get(pid), //
				"spring.datasource.url=" + this.database.formatted(pid), //
				"omnipaxos.storage.jdbc.initialize-schema=always", //
				"omnipaxos.cluster.name=kv", //
				"omnipaxos.cluster.nodes=1,2,3", //
				"omnipaxos.server.pid=" + pid, //
				"omnipaxos.election-timeout=200ms", //
				"omnipaxos.shutdown.hand-over-timeout=500ms", //
				"management.endpoints.web.exposure.include=*", //
				"management.endpoint.health.show-details=always");
		this.contexts.put(pid, application.properties(peers()).run());
	}

	private Map<String, Object> peers() {
		Map<String, Object> peers = new TreeMap<>();
		this.ports.forEach((pid, port) -> peers.put("omnipaxos.peers." + pid, "http://127.0.0.1:" + port));
		return peers;
	}

	void stop(int pid) {
		ConfigurableApplicationContext context = this.contexts.remove(pid);
		if (context != null) {
			context.close();
		}
	}

	Store store(int pid) {
		return context(pid).getBean(Store.class);
	}

	ConfigurableApplicationContext context(int pid) {
		ConfigurableApplicationContext context = this.contexts.get(pid);
		if (context == null) {
			throw new IllegalStateException("Node %d does not run".formatted(pid));
		}
		return context;
	}

	int port(int pid) {
		return this.ports.getOrDefault(pid, 0);
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
		this.contexts.values().forEach(ConfigurableApplicationContext::close);
	}

}
