/**
 * The sample on hardware that fails: a program of its own for the tests with real
 * processes, as it is the same application with a worse disk.
 */
@NullMarked
package io.omnipaxos.sample.faults;

import org.jspecify.annotations.NullMarked;
