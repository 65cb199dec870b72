package io.omnipaxos.node;

import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageDecorator;
import io.omnipaxos.core.storage.StoredState;

/**
 * Begins the sessions of a new storage where those of a storage that it may replace have
 * not been: with the time. If the node has lost its data, it would else count the same
 * sessions again, and take decided entries of its former life for its own appends.
 */
final class FirstSession extends StorageDecorator {

	private final long session;

	/**
	 * Creates a storage.
	 * @param storage storage to use
	 * @param session what to take for the last session when there was none
	 */
	FirstSession(Storage storage, long session) {
		super(storage);
		this.session = session;
	}

	@Override
	public StoredState load() {
		StoredState stored = super.load();
		return (stored.session() > 0) ? stored : stored.withSession(this.session);
	}

}
