/**
 * Finds the types of replicated logs, and makes a bean of each log.
 */
@NullMarked
package io.omnipaxos.autoconfigure.log;

import org.jspecify.annotations.NullMarked;
