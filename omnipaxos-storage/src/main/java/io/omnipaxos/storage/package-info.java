/**
 * Durable storages of the replicated log.
 */
@NullMarked
package io.omnipaxos.storage;

import org.jspecify.annotations.NullMarked;
