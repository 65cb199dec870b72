/**
 * Tests of logs in RocksDB.
 */
@NullMarked
package io.omnipaxos.autoconfigure.rocksdb;

import org.jspecify.annotations.NullMarked;
