/**
 * How entries and numbers look in bytes, the same in every storage. Public only so that
 * the storages can share it: no API, and free to change with them.
 */
@NullMarked
package io.omnipaxos.storage.format;

import org.jspecify.annotations.NullMarked;
