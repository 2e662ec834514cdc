/** COSE (RFC 9052, RFC 9053): the single-signer message and the keys that evidence formats use. */
@NullMarked
package org.cofferdam.core.bytes.cose;

import org.jspecify.annotations.NullMarked;
