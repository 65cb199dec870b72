package io.omnipaxos.storage.jdbc;

import java.util.List;

import io.omnipaxos.storage.format.EntryBlock;

/**
 * How much of a log to read at once. Short rows come a thousand with one query; what
 * comes into memory has a bound all the same, as the query leaves out the content of rows
 * that are too long for a page of so many. Pages grow step by step: the database may have
 * to read even what it leaves out.
 *
 * @param rows how many rows to ask for
 * @param longestRow bytes above which a row's content is left out
 */
record PageSize(int rows, int longestRow) {

	/** What comes into memory with a page, unless one block alone is larger. */
	static final int MAX_BYTES = 4 * 1024 * 1024;

	private static final int MAX_ROWS = 1024;

	private static final int MAX_ROWS_OF_ANY_LENGTH = MAX_BYTES / EntryTable.ROW_BYTES;

	private static final int GROWTH = 4;

	/** Rows may be so many times longer than those before them were on average. */
	private static final int VARIATION = 4;

	/** The block that the first entry is in. */
	static PageSize first() {
		return new PageSize(1, EntryTable.ROW_BYTES);
	}

	/**
	 * Returns the size of the page after one of this size.
	 * @param page what that one brought, at least one block
	 * @param room how many bytes are still wanted
	 */
	PageSize next(List<EntryBlock> page, long room) {
		// One that is not full has met a row that is too long for it.
		long rowBytes = (page.size() < this.rows) ? EntryTable.ROW_BYTES : average(page);
		long enough = Math.min(room, MAX_BYTES / VARIATION) / (rowBytes + 1) + 1;
		int most = Math.min(MAX_ROWS, Math.max(MAX_ROWS_OF_ANY_LENGTH, this.rows * GROWTH));
		int rows = (int) Math.min(enough, most);
		return new PageSize(rows, MAX_BYTES / rows);
	}

	private static long average(List<EntryBlock> page) {
		return page.stream().mapToLong((block) -> block.bytes().length).sum() / page.size();
	}

}
