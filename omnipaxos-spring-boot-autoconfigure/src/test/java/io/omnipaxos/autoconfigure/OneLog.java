package io.omnipaxos.autoconfigure;

import java.time.Duration;

import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.ReplicatedLog;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with one log. */
@Configuration(proxyBeanMethods = false)
class OneLog {

	static final Duration PATIENCE = Duration.ofSeconds(20);

	final ReplicatedLog<String> log;

	OneLog(ReplicatedLog<String> log) {
		this.log = log;
	}

	@Bean
	static EntryType<String> words() {
		return EntryType.of(String.class);
	}

}
