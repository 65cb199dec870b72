/**
 * Scenario files: a script of what is done to a simulated cluster, and below it what the
 * protocol did.
 */
@NullMarked
package io.omnipaxos.test.scenario;

import org.jspecify.annotations.NullMarked;
