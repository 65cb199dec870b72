/**
 * The rules that the protocol cannot do without: each taken out of the core in turn, and
 * the simulator set on what is left.
 */
@NullMarked
package io.omnipaxos.test.rules;

import org.jspecify.annotations.NullMarked;
