package io.omnipaxos.autoconfigure.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.omnipaxos.autoconfigure.event.LeaderChangedEvent;
import io.omnipaxos.node.ReplicatedLog;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

@SpringBootConfiguration
@EnableAutoConfiguration
class KeyValueApplication {

	@Bean
	Store store(ReplicatedLog<KeyValue> values, ReplicatedLog<Note> notes) {
		return new Store(values, notes);
	}

	static class Store {

		final ReplicatedLog<KeyValue> values;

		final ReplicatedLog<Note> notes;

		final List<LeaderChangedEvent> leaders = new CopyOnWriteArrayList<>();

		Store(ReplicatedLog<KeyValue> values, ReplicatedLog<Note> notes) {
			this.values = values;
			this.notes = notes;
		}

		@EventListener
		void leaderChanged(LeaderChangedEvent event) {
			this.leaders.add(event);
		}

	}

}
