/**
 * Tests of what the starter brings.
 */
@NullMarked
package io.omnipaxos.starter;

import org.jspecify.annotations.NullMarked;
