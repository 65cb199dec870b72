package io.omnipaxos.autoconfigure.http;

import java.net.URI;
import java.util.Map;

import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.LocalNetwork;
import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.Transport;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** A web application that says by itself how its nodes talk. */
class OwnTransportTests {

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(OmniPaxosAutoConfiguration.class, OmniPaxosHttpTransportAutoConfiguration.class))
		.withPropertyValues("omnipaxos.server.pid=1", "omnipaxos.cluster.nodes=1,2,3");

	@Test
	void needsNoAddressesOfPeers() {
		Transport own = new LocalNetwork().transport();
		this.contextRunner.withBean(Transport.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(HttpTransportSecurity.class)
				.getBean(OmniPaxosNode.class)
				.returns(own, OmniPaxosNode::transport));
	}

	@Test
	void mayTalkOverHttpWithTheSecurityOfTheProperties() {
		this.contextRunner.withUserConfiguration(OwnHttp.class)
			.withPropertyValues("omnipaxos.peers.2=http://127.0.0.1:1", "omnipaxos.peers.3=http://127.0.0.1:1")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Transport.class)
				.hasBean("ownTransport")
				.hasBean("omniPaxosStreamServletRegistration"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnHttp {

		@Bean
		HttpTransport ownTransport(HttpTransportSecurity security) {
			URI nowhere = URI.create("http://127.0.0.1:1");
			return new HttpTransport(TestNode.settings(), security,
					Map.of(new NodeId(2), nowhere, new NodeId(3), nowhere));
		}

	}

}
