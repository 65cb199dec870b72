package io.omnipaxos.autoconfigure.actuate;

import java.time.Duration;

import org.awaitility.Awaitility;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** What the health indicator of an application says of its node. */
final class NodeHealth {

	private NodeHealth() {
	}

	static Health of(ApplicationContext context) {
		Health health = context.getBean(OmniPaxosHealthIndicator.class).health(true);
		assertThat(health).isNotNull();
		return health;
	}

	static void awaitUp(ApplicationContext context, Duration patience) {
		Awaitility.await()
			.atMost(patience)
			.untilAsserted(() -> assertThat(of(context).getStatus()).isEqualTo(Status.UP));
	}

}
