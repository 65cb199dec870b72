package io.omnipaxos.sample.faults;

import io.omnipaxos.sample.kv.KeyValueApplication;

import org.springframework.boot.SpringApplication;

/**
 * A node of the sample whose disk can be made slow and whose request threads can be kept
 * busy while it runs.
 */
public final class FragileApplication {

	private FragileApplication() {
	}

	public static void main(String[] args) {
		new SpringApplication(KeyValueApplication.class, SlowDisk.class, BusyThreads.class, Flood.class).run(args);
	}

}
