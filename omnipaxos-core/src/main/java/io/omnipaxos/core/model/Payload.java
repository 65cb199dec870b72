package io.omnipaxos.core.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that the protocol carries and never looks into: an entry as its codec wrote it, a
 * piece of a snapshot. Immutable by agreement: whoever hands an array to {@link #of} or
 * takes one from {@link #array()} must not change it.
 */
public final class Payload {

	/** No bytes. */
	public static final Payload EMPTY = new Payload(new byte[0]);

	private final byte[] bytes;

	/** Sizes are added up often, and the bytes may be far away in memory. */
	private final int size;

	private Payload(byte[] bytes) {
		this.bytes = bytes;
		this.size = bytes.length;
	}

	/** Wraps {@code bytes} without copying them; the caller gives the array away. */
	public static Payload of(byte[] bytes) {
		return (bytes.length == 0) ? EMPTY : new Payload(bytes);
	}

	/** Returns the UTF-8 bytes of {@code text}. */
	public static Payload ofText(String text) {
		return of(text.getBytes(StandardCharsets.UTF_8));
	}

	/** Returns the number of bytes. */
	public int size() {
		return this.size;
	}

	/** Returns the bytes themselves, not a copy: to be read and never to be written. */
	public byte[] array() {
		return this.bytes;
	}

	/** Returns a copy of the bytes {@code [from, to)}. */
	public Payload slice(int from, int to) {
		return (from == 0 && to == this.bytes.length) ? this : of(Arrays.copyOfRange(this.bytes, from, to));
	}

	/** Returns the bytes read as UTF-8. */
	public String asText() {
		return new String(this.bytes, StandardCharsets.UTF_8);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Payload that && Arrays.equals(this.bytes, that.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	@Override
	public String toString() {
		return this.bytes.length + " bytes";
	}

}
