/**
 * CBOR (RFC 8949) as typed values: accepts every well-formed encoding, refuses what is ambiguous.
 */
@NullMarked
package org.cofferdam.core.bytes.cbor;

import org.jspecify.annotations.NullMarked;
