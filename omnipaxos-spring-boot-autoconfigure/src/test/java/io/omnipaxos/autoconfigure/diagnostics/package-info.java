/**
 * Tests of the explanations of failed starts.
 */
@NullMarked
package io.omnipaxos.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
