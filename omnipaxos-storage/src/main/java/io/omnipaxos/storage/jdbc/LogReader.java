package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.storage.format.EntryBlock;
import io.omnipaxos.storage.format.EntryGatherer;

/**
 * Reads a log, each time on another connection: nothing here waits for a write, and no
 * write for it.
 */
final class LogReader {

	private final Database database;

	private final int logId;

	private final String what;

	/**
	 * Begun and ended writes that take entries back, which a read may have begun to
	 * return: odd while one is under way.
	 */
	private final AtomicLong cuts = new AtomicLong();

	LogReader(Database database, LogRow row) {
		this.database = database;
		this.logId = row.logId();
		this.what = "Log %s can't be read".formatted(row.name());
	}

	/** Runs a write that takes entries back. */
	void cutting(Runnable write) {
		this.cuts.incrementAndGet();
		try {
			write.run();
		}
		finally {
			this.cuts.incrementAndGet();
		}
	}

	List<Entry> entries(long from, long to, long maxBytes) {
		return this.database.read(this.what, (connection) -> {
			EntryGatherer wanted = new EntryGatherer(from, to, maxBytes);
			gather(connection, wanted, to);
			return wanted.entries();
		});
	}

	/** Reads a page after the other, and stops when a later one may be of another log. */
	private void gather(Connection connection, EntryGatherer wanted, long to) throws SQLException {
		EntryTable table = new EntryTable(connection, this.logId);
		long cutsBefore = this.cuts.get();
		PageSize size = PageSize.first();
		List<EntryBlock> page = table.blockOf(wanted.next());
		while (take(page, wanted) && cutsBefore % 2 == 0) {
			size = size.next(page, wanted.room());
			page = table.blocks(wanted.next(), to, size);
			if (this.cuts.get() != cutsBefore) {
				return;
			}
		}
	}

	/** Returns whether the page brought anything, and more is wanted. */
	private static boolean take(List<EntryBlock> page, EntryGatherer wanted) {
		long before = wanted.next();
		page.forEach((block) -> block.giveTo(wanted));
		return wanted.next() > before && !wanted.isFull();
	}

	Payload snapshot(long number, long offset, int size) {
		return this.database.read(this.what,
				(connection) -> new SnapshotTable(connection, this.logId).read(number, offset, size));
	}

}
