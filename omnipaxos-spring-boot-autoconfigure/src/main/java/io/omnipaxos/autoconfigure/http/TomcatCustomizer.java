package io.omnipaxos.autoconfigure.http;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Has Tomcat let streams at their connections, unless it has a connector of its own. */
final class TomcatCustomizer implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

	@Override
	public void customize(ConfigurableTomcatWebServerFactory factory) {
		factory.addEngineValves(new StreamConnectionValve());
		if (factory instanceof TomcatWebServerFactory tomcat
				&& TomcatWebServerFactory.DEFAULT_PROTOCOL.equals(tomcat.getProtocol())) {
			tomcat.setProtocol(StreamProtocol.class.getName());
		}
	}

}
