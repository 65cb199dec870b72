/**
 * A log in RocksDB.
 */
@NullMarked
package io.omnipaxos.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
