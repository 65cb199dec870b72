/**
 * Defects of the Rust library that this one must not have.
 */
@NullMarked
package io.omnipaxos.test.defects;

import org.jspecify.annotations.NullMarked;
