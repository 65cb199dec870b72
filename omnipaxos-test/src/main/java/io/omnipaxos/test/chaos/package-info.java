/**
 * Random runs of simulated clusters: from one seed a plan of settings, inputs and faults,
 * from a failing plan the shortest that still fails.
 */
@NullMarked
package io.omnipaxos.test.chaos;

import org.jspecify.annotations.NullMarked;
