/**
 * The scenarios of the Rust library's own tests, on a simulated network.
 */
@NullMarked
package io.omnipaxos.test.conformance;

import org.jspecify.annotations.NullMarked;
