package io.omnipaxos.core;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.storage.StorageConfigurationException;
import io.omnipaxos.core.storage.StoredState;

/**
 * Keeps a log in the configuration that it was used in. What a quorum decided there, a
 * quorum of other nodes or of another size need not know, and could decide otherwise.
 * <p>
 * A node that has promised nothing has not taken part in anything: accepting comes after
 * promising. What it recorded then is what it was told by mistake, and may be corrected.
 */
final class ConfigurationCheck {

	private ConfigurationCheck() {
	}

	/**
	 * Checks whether a log may go on in a configuration.
	 * @throws StorageConfigurationException if it was used in another
	 */
	static void mayGoOn(StoredState stored, ClusterConfig wanted) {
		Ballot promise = stored.promise();
		if (promise.equals(Ballot.NONE)) {
			return;
		}
		ClusterConfig recorded = stored.configuration();
		boolean same = (recorded != null) ? recorded.isSameAs(wanted)
				: promise.configurationId() == wanted.configurationId();
		if (!same) {
			throw new StorageConfigurationException(wanted.toString(),
					(recorded != null) ? recorded.toString() : "configuration " + promise.configurationId());
		}
	}

}
