/**
 * Tests of logs in the application's database.
 */
@NullMarked
package io.omnipaxos.autoconfigure.jdbc;

import org.jspecify.annotations.NullMarked;
