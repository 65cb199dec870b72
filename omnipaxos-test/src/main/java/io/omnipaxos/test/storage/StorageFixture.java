package io.omnipaxos.test.storage;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StoredState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A storage that is open, and what it takes to close it and open it again.
 */
public abstract class StorageFixture {

	/** Log that the tests write, unless they say otherwise. */
	protected static final String LOG = "accounts";

	private StorageFactory factory;

	private Storage storage;

	private StoredState loaded;

	/**
	 * Returns a factory. All calls during one test open the same data, those of another
	 * test others, empty at first.
	 * @return factory, which the caller closes
	 */
	protected abstract StorageFactory openFactory();

	@BeforeEach
	void open() {
		this.factory = openFactory();
		this.storage = this.factory.open(LOG);
		this.loaded = this.storage.load();
	}

	/** Removes the data of a test, once nothing is open any more. */
	protected void deleteData() {
	}

	@AfterEach
	void end() {
		close();
		deleteData();
	}

	void close() {
		this.storage.close();
		this.factory.close();
	}

	/** Closes everything, opens it again and returns what was stored. */
	protected final StoredState reopen() {
		close();
		open();
		return this.loaded;
	}

	/** Returns what the storage held when it was opened. */
	protected final StoredState loaded() {
		return this.loaded;
	}

	/** Returns the factory that is open. */
	protected final StorageFactory factory() {
		return this.factory;
	}

	/** Returns the storage that is open. */
	protected final Storage storage() {
		return this.storage;
	}

	/** Writes one batch. */
	protected final void write(StorageOp... ops) {
		this.storage.write(List.of(ops));
	}

	/** Returns all entries from {@code from} on, read in pieces. */
	protected final List<Entry> entriesFrom(long from) {
		List<Entry> all = new ArrayList<>();
		List<Entry> piece = this.storage.entries(from, Long.MAX_VALUE, 1 << 20);
		while (!piece.isEmpty()) {
			all.addAll(piece);
			piece = this.storage.entries(from + all.size(), Long.MAX_VALUE, 1 << 20);
		}
		return all;
	}

}
