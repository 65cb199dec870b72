package io.omnipaxos.autoconfigure.ownannotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.ReplicatedEntry;
import io.omnipaxos.autoconfigure.log.OmniPaxosLogAutoConfiguration;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.ReplicatedLog;
import io.omnipaxos.node.Snapshotter;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;

/** What an annotation says that is made of {@link ReplicatedEntry @ReplicatedEntry}. */
class OwnAnnotationTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OmniPaxosAutoConfiguration.class, OmniPaxosLogAutoConfiguration.class))
		.withUserConfiguration(Application.class)
		.withPropertyValues("omnipaxos.server.pid=1", "omnipaxos.cluster.nodes=1");

	@Test
	void saysTheSameOfTheTypesThatItIsOnAndIsNoEntryItself() {
		this.application.run((context) -> {
			assertThat(context.getBean(OmniPaxosNode.class).logs()).extracting(ReplicatedLog::name)
				.containsExactlyInAnyOrder("payment", "bookings");
			EntryType<?> payments = context.getBean("paymentEntryType", EntryType.class);
			assertThat(payments.snapshots()).isNotNull();
			assertThat(payments.snapshots().snapshotter()).isInstanceOf(LastPayment.class);
		});
	}

	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@ReplicatedEntry(snapshotter = LastPayment.class)
	@interface Snapshotted {

	}

	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@ReplicatedEntry
	@interface Kept {

		@AliasFor(annotation = ReplicatedEntry.class, attribute = "name")
		String as();

	}

	@Snapshotted
	record Payment(long cents) {

	}

	@Kept(as = "bookings")
	record Booking(String seat) {

	}

	static class LastPayment implements Snapshotter<Payment, Long> {

		@Override
		public Long create(List<Payment> entries) {
			return entries.get(entries.size() - 1).cents();
		}

		@Override
		public Long merge(Long base, Long delta) {
			return delta;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	static class Application {

	}

}
