/**
 * The replicated key-value store of the tutorial.
 */
@NullMarked
package io.omnipaxos.sample.kv;

import org.jspecify.annotations.NullMarked;
