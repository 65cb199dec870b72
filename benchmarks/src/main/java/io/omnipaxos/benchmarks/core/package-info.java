/** The core alone: no codec, no thread, no disk. */
@NullMarked
package io.omnipaxos.benchmarks.core;

import org.jspecify.annotations.NullMarked;
