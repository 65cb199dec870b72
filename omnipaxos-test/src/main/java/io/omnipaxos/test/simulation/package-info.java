/**
 * A cluster of replicas on simulated time, links and disks, all chance drawn from one
 * seed, with the invariants of the protocol checked after every step.
 */
@NullMarked
package io.omnipaxos.test.simulation;

import org.jspecify.annotations.NullMarked;
