/**
 * An application with an annotation of its own for its entries.
 */
@NullMarked
package io.omnipaxos.autoconfigure.ownannotation;

import org.jspecify.annotations.NullMarked;
