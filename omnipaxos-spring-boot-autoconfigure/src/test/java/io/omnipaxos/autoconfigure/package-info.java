/**
 * Tests of the wiring of a node.
 */
@NullMarked
package io.omnipaxos.autoconfigure;

import org.jspecify.annotations.NullMarked;
