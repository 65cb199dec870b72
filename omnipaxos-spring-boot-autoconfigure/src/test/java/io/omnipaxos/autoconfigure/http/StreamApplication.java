package io.omnipaxos.autoconfigure.http;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole application that is node 1 of three, and takes streams of node 2. */
@EnableAutoConfiguration
class StreamApplication {

	static ConfigurableApplicationContext onTomcat(String... more) {
		return start(StreamApplication.class, JettyServletWebServerAutoConfiguration.class, more);
	}

	static ConfigurableApplicationContext onJetty(String... more) {
		return onJetty(StreamApplication.class, more);
	}

	static ConfigurableApplicationContext onJetty(Class<?> application, String... more) {
		return start(application, TomcatServletWebServerAutoConfiguration.class, more);
	}

	private static ConfigurableApplicationContext start(Class<?> application, Class<?> otherServer, String... more) {
		return new SpringApplicationBuilder(application)
			.properties("spring.autoconfigure.exclude=" + otherServer.getName(), //
					"server.address=127.0.0.1", //
					"server.port=0", //
					"spring.datasource.generate-unique-name=true", //
					"omnipaxos.storage.type=memory", //
					"omnipaxos.cluster.name=" + TestNode.CLUSTER, //
					"omnipaxos.cluster.nodes=1,2,3", //
					"omnipaxos.server.pid=1", //
					"omnipaxos.shutdown.hand-over-timeout=0ms", //
					"omnipaxos.peers.2=http://127.0.0.1:1", //
					"omnipaxos.peers.3=http://127.0.0.1:1")
			.properties(more)
			.run();
	}

}
