/**
 * An application whose entries are to be read in a native image.
 */
@NullMarked
package io.omnipaxos.autoconfigure.nativeimage;

import org.jspecify.annotations.NullMarked;
