package io.omnipaxos.storage.rocksdb;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.omnipaxos.storage.format.LogHeader;
import org.rocksdb.RocksIterator;

/**
 * What is stored under a log's name.
 *
 * @param name name of the log
 * @param logId number of the log in the other keys
 * @param header the log's numbers
 */
record LogRecord(String name, int logId, LogHeader header) {

	/** Finds a log, or makes a record for it that is stored with the first write. */
	static LogRecord of(RocksDbDatabase database, String name) {
		byte[] stored = database.get(Keys.log(name));
		if (stored == null) {
			LogRecord created = new LogRecord(name, database.iterate(database.logs(), LogRecord::nextId),
					LogHeader.NEW);
			database.write((batch) -> batch.put(database.logs(), Keys.log(name), created.toBytes()));
			return created;
		}
		int logId = ByteBuffer.wrap(stored).getInt();
		return new LogRecord(name, logId,
				LogHeader.of(logId, name, Arrays.copyOfRange(stored, Integer.BYTES, stored.length)));
	}

	private static int nextId(RocksIterator iterator) {
		int next = 1;
		for (iterator.seek(Keys.log("")); iterator.isValid(); iterator.next()) {
			next = Math.max(next, ByteBuffer.wrap(iterator.value()).getInt() + 1);
		}
		return next;
	}

	byte[] toBytes() {
		byte[] bytes = this.header.toBytes(this.logId, this.name);
		return ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(this.logId).put(bytes).array();
	}

}
