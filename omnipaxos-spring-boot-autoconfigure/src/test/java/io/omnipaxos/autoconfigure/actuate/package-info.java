/**
 * Tests of what an operator sees.
 */
@NullMarked
package io.omnipaxos.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
