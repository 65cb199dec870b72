package io.omnipaxos.storage;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StorageOp.StartSession;
import io.omnipaxos.test.storage.NaiveLog;

import static io.omnipaxos.test.storage.StorageSamples.configuration;

/**
 * The program that is killed. Goes on with a log where it stands, a batch after the
 * other, and reports the number of each on its standard output once it is written. The
 * number is also stored, as the session. Arguments: the kind of storage, where it is, the
 * seed, and the number of the last batch.
 */
public final class WriterProcess {

	/** Name of the log that is written. */
	static final String LOG = "accounts";

	private WriterProcess() {
	}

	public static void main(String[] args) {
		long last = Long.parseLong(args[3]);
		try (StorageFactory factory = Storages.valueOf(args[0]).open(args[1]); Storage storage = factory.open(LOG)) {
			long number = storage.load().session();
			NaiveLog log = logAfter(number, Long.parseLong(args[2]));
			while (number < last) {
				number++;
				storage.write(batch(log, number));
				System.out.println(number);
			}
		}
	}

	/** Returns the log as it is after a number of batches. */
	static NaiveLog logAfter(long batches, long seed) {
		NaiveLog log = new NaiveLog(seed);
		for (long number = 1; number <= batches; number++) {
			batch(log, number);
		}
		return log;
	}

	private static List<StorageOp> batch(NaiveLog log, long number) {
		List<StorageOp> batch = new ArrayList<>(log.change());
		batch.addAll(log.change());
		batch.add(new StartSession(number, configuration(1)));
		return batch;
	}

}
