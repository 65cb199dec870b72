/**
 * What a user of the sample sees: its REST API, and its nodes being killed and stopped.
 */
@NullMarked
package io.omnipaxos.benchmarks.sample;

import org.jspecify.annotations.NullMarked;
