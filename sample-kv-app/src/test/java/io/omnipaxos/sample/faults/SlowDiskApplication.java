package io.omnipaxos.sample.faults;

import io.omnipaxos.sample.kv.KeyValueApplication;

import org.springframework.boot.SpringApplication;

/**
 * A node of the sample whose disk can be made slow while it runs.
 */
public final class SlowDiskApplication {

	private SlowDiskApplication() {
	}

	public static void main(String[] args) {
		new SpringApplication(KeyValueApplication.class, SlowDisk.class).run(args);
	}

}
