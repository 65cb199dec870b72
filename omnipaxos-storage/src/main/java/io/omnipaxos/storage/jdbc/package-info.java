/**
 * A log in a relational database.
 */
@NullMarked
package io.omnipaxos.storage.jdbc;

import org.jspecify.annotations.NullMarked;
