/**
 * Tools to test what is built on a replicated log: a simulated cluster, and the contract
 * of a storage.
 */
@NullMarked
package io.omnipaxos.test;

import org.jspecify.annotations.NullMarked;
