/** Runs systems as clusters of processes, loads them, and makes a table of it. */
@NullMarked
package io.omnipaxos.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
