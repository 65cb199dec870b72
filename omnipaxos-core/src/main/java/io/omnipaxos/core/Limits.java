package io.omnipaxos.core;

import io.omnipaxos.core.model.Entry;

/**
 * Bounds of everything in a replica that could grow. All in bytes, entries counted by
 * {@link Entry#size()}.
 *
 * @param maxEntryBytes longest entry that may be appended
 * @param maxPendingBytes own proposals that may wait to be decided
 * @param maxUndecidedBytes undecided entries beyond which a leader admits no more
 * @param maxPieceBytes entries or snapshot bytes in one message, unless they have to
 * travel in one piece
 * @param windowBytes entries that may be under way to one follower
 * @param maxCachedBytes decided entries kept in memory for followers that are a little
 * behind, no more than 8,192 of them
 */
public record Limits(int maxEntryBytes, long maxPendingBytes, long maxUndecidedBytes, int maxPieceBytes,
		long windowBytes, long maxCachedBytes) {

	/**
	 * However small they are: a garbage collection copies all that is cached, and takes
	 * as long as there are many of them.
	 */
	static final int MOST_CACHED_ENTRIES = 1 << 13;

	/**
	 * 1 MiB an entry, 512 KiB a piece, 16 MiB pending, undecided and cached, 8 MiB under
	 * way. What may be pending is what is decided in a few seconds: more would only wait
	 * longer. Half a mebibyte goes nearly as fast as a whole one, and holds up whatever
	 * follows it half as long.
	 */
	public static final Limits DEFAULT = new Limits(1 << 20, 16L << 20, 16L << 20, 1 << 19, 8L << 20, 16L << 20);

	public Limits {
		check("entry", maxEntryBytes);
		check("pending", maxPendingBytes);
		check("undecided", maxUndecidedBytes);
		check("piece", maxPieceBytes);
		check("window", windowBytes);
		if (maxCachedBytes < 0) {
			throw new IllegalArgumentException("The limit of cached bytes must not be negative");
		}
	}

	private static void check(String what, long bytes) {
		if (bytes < 1) {
			throw new IllegalArgumentException("The limit of %s bytes must be positive, not %d".formatted(what, bytes));
		}
	}

	/**
	 * Returns how many bytes of entries one message can carry at most: a piece, the
	 * undecided suffix, and one entry beyond it.
	 */
	public long maxMessageBytes() {
		return Math.addExact(Math.addExact(this.maxPieceBytes, this.maxUndecidedBytes),
				2 * ((long) this.maxEntryBytes + Entry.OVERHEAD));
	}

}
