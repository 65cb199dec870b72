/**
 * One server of a cluster at work: a thread for each log, codecs, the transport SPI, and
 * the log as users hold it. Knows no Spring and no servlet.
 */
@NullMarked
package io.omnipaxos.node;

import org.jspecify.annotations.NullMarked;
