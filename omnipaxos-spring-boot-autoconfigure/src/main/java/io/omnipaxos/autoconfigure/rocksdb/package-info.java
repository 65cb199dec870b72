/**
 * Logs kept in a RocksDB directory.
 */
@NullMarked
package io.omnipaxos.autoconfigure.rocksdb;

import org.jspecify.annotations.NullMarked;
