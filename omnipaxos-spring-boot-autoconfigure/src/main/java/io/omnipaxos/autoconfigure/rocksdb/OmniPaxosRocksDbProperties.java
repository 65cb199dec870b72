package io.omnipaxos.autoconfigure.rocksdb;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for logs in RocksDB.
 *
 * @param path Directory of this node's logs, which no other node may share. Created if it
 * does not exist.
 * @since 0.1.0
 */
@ConfigurationProperties("omnipaxos.storage.rocksdb")
public record OmniPaxosRocksDbProperties(@Nullable Path path) {

}
