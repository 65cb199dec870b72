/**
 * A network between processes that does what real ones do to them: proxies that cut,
 * delay, throttle and break connections. Knows nothing of what passes through.
 */
@NullMarked
package io.omnipaxos.sample.network;

import org.jspecify.annotations.NullMarked;
