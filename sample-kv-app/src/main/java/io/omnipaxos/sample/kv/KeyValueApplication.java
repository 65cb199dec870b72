package io.omnipaxos.sample.kv;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** One node of the replicated key-value store. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class KeyValueApplication {

	public static void main(String[] args) {
		SpringApplication.run(KeyValueApplication.class, args);
	}

}
