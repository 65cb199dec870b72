package io.omnipaxos.core;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import io.omnipaxos.core.storage.Storage;

/**
 * What hangs on a replica, counted: not the heap it takes, which nobody knows, but every
 * element of every collection and array that can be reached from it, what is stored left
 * out.
 *
 * @param elements elements of collections and of arrays of objects, with their room
 * @param bytes elements of arrays of bytes and numbers
 */
record Retained(long elements, long bytes) {

	static Retained by(Object root) {
		Walk walk = new Walk();
		walk.from(root);
		return new Retained(walk.elements, walk.bytes);
	}

	private static final class Walk {

		private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

		private final Deque<Object> next = new ArrayDeque<>();

		private long elements;

		private long bytes;

		void from(Object root) {
			visit(root);
			while (!this.next.isEmpty()) {
				lookInto(this.next.pop());
			}
		}

		private void visit(Object object) {
			if (object != null && !(object instanceof Storage) && !(object instanceof Class) && this.seen.add(object)) {
				this.next.push(object);
			}
		}

		private void lookInto(Object object) {
			if (object instanceof Collection<?> collection) {
				this.elements += collection.size();
				collection.forEach(this::visit);
			}
			else if (object instanceof Map<?, ?> map) {
				this.elements += map.size();
				map.keySet().forEach(this::visit);
				map.values().forEach(this::visit);
			}
			else if (object instanceof Object[] array) {
				this.elements += array.length;
				for (Object element : array) {
					visit(element);
				}
			}
			else if (object.getClass().isArray()) {
				this.bytes += Array.getLength(object);
			}
			else {
				lookIntoFields(object);
			}
		}

		private void lookIntoFields(Object object) {
			for (Class<?> type = object.getClass(); isOurs(type); type = type.getSuperclass()) {
				for (Field field : type.getDeclaredFields()) {
					if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
						visit(value(field, object));
					}
				}
			}
		}

		private static boolean isOurs(Class<?> type) {
			return type.getName().startsWith("io.omnipaxos.");
		}

		private static Object value(Field field, Object object) {
			try {
				field.setAccessible(true);
				return field.get(object);
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
