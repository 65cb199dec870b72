/**
 * What the protocol asks of a storage, and the storage that keeps everything in memory.
 */
@NullMarked
package io.omnipaxos.core.storage;

import org.jspecify.annotations.NullMarked;
