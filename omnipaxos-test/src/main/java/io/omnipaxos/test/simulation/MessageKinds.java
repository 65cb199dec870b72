package io.omnipaxos.test.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import io.omnipaxos.core.message.Message;

/** Every kind of message there is. */
public final class MessageKinds {

	private MessageKinds() {
	}

	/** Returns all kinds, as the sealed interfaces list them. */
	public static List<Class<? extends Message>> all() {
		List<Class<? extends Message>> kinds = new ArrayList<>();
		Deque<Class<?>> open = new ArrayDeque<>(List.of(Message.class));
		while (!open.isEmpty()) {
			Class<?> type = open.poll();
			if (type.isRecord()) {
				kinds.add(type.asSubclass(Message.class));
			}
			else {
				open.addAll(Arrays.asList(type.getPermittedSubclasses()));
			}
		}
		return kinds;
	}

	/**
	 * Returns the kind of a name.
	 * @throws IllegalArgumentException if there is none
	 */
	public static Class<? extends Message> named(String name) {
		return all().stream()
			.filter((kind) -> kind.getSimpleName().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No message is called " + name));
	}

}
