package io.omnipaxos.sample.kv;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the sample.
 *
 * @param dataDir Directory of the database files.
 * @param timeout Longest time that a request may wait for the cluster.
 * @param maxWaitingWrites Writes of this node that may wait for the cluster. Beyond that,
 * writes are refused.
 */
@ConfigurationProperties("kv")
record KeyValueProperties(@DefaultValue("./data") String dataDir, @DefaultValue("5s") Duration timeout,
		@DefaultValue("1000") int maxWaitingWrites) {
}
