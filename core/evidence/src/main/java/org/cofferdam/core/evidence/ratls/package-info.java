/** RA-TLS: evidence inside a TLS certificate. */
@NullMarked
package org.cofferdam.core.evidence.ratls;

import org.jspecify.annotations.NullMarked;
