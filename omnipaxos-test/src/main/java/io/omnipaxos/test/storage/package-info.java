/**
 * What every {@link io.omnipaxos.core.storage.Storage} has to do, as tests to extend.
 */
@NullMarked
package io.omnipaxos.test.storage;

import org.jspecify.annotations.NullMarked;
