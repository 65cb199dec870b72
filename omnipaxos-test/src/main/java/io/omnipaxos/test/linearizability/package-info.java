/**
 * Whether what clients saw could have been seen of a single log that nobody shared.
 */
@NullMarked
package io.omnipaxos.test.linearizability;

import org.jspecify.annotations.NullMarked;
