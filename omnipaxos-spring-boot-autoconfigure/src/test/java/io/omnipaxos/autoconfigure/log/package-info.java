/**
 * Tests of the beans that logs become.
 */
@NullMarked
package io.omnipaxos.autoconfigure.log;

import org.jspecify.annotations.NullMarked;
