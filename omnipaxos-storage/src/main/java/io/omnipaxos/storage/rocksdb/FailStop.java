package io.omnipaxos.storage.rocksdb;

import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.Status;

/**
 * Lets writes fail after an error, a full disk above all. RocksDB by itself would hold
 * them up, without a word, until there is space again.
 */
final class FailStop extends AbstractEventListener {

	FailStop() {
		super(EnabledEventCallback.ON_ERROR_RECOVERY_BEGIN);
	}

	/** Returns that there is to be no recovery. */
	@Override
	public boolean onErrorRecoveryBegin(BackgroundErrorReason reason, Status error) {
		return false;
	}

}
