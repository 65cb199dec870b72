/** The systems that are measured: each as one node of a cluster runs it. */
@NullMarked
package io.omnipaxos.benchmarks.system;

import org.jspecify.annotations.NullMarked;
