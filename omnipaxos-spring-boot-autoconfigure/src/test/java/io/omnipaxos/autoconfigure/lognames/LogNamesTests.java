package io.omnipaxos.autoconfigure.lognames;

import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.ReplicatedEntry;
import io.omnipaxos.autoconfigure.log.OmniPaxosLogAutoConfiguration;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.ReplicatedLog;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** What the beans of logs are called does not matter to the rest of an application. */
class LogNamesTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OmniPaxosAutoConfiguration.class, OmniPaxosLogAutoConfiguration.class))
		.withUserConfiguration(Application.class)
		.withPropertyValues("omnipaxos.server.pid=1", "omnipaxos.cluster.nodes=1");

	@Test
	void beansAreCalledAfterTheLog() {
		this.application.run((context) -> assertThat(context).hasNotFailed()
			.hasBean("shoppingEntryType")
			.hasBean("shoppingLog")
			.hasBean("usersEntryType")
			.hasBean("usersLog"));
	}

	@Test
	void aNameThatTheApplicationHasForItsOwnIsLeftToIt() {
		this.application.withBean("shoppingEntryType", String.class, () -> "mine")
			.withBean("shoppingLog", OrderLog.class)
			.run((context) -> {
				assertThat(context).hasNotFailed().hasBean("shoppingLog#0");
				assertThat(context.getBean("shoppingEntryType")).isEqualTo("mine");
				assertThat(context.getBean("shoppingEntryType#0", EntryType.class).name()).isEqualTo("shopping");
				assertThat(context.getBean("shoppingLog", OrderLog.class).log.name()).isEqualTo("shopping");
			});
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	static class Application {

	}

	static class Orders {

		@ReplicatedEntry(name = "shopping")
		record Entry(String item) {

		}

	}

	static class Users {

		@ReplicatedEntry(name = "users")
		record Entry(String name) {

		}

	}

	record OrderLog(ReplicatedLog<Orders.Entry> log) {

	}

}
