/**
 * What nodes say to each other: one immutable record for each message, closed under
 * {@link io.omnipaxos.core.message.Message}.
 */
@NullMarked
package io.omnipaxos.core.message;

import org.jspecify.annotations.NullMarked;
