package io.omnipaxos.sample.kv;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down when this node applies the log no longer: its values get older and older then,
 * while the log, and with it the health of OmniPaxos, is in order.
 */
@Component
class KeyValueHealthIndicator implements HealthIndicator {

	private final KeyValueStore store;

	KeyValueHealthIndicator(KeyValueStore store) {
		this.store = store;
	}

	@Override
	public Health health() {
		return this.store.failure().map(Health::down).orElseGet(Health::up).build();
	}

}
