/** RA-TLS: a TLS key that an enclave or trust domain vouches for. */
@NullMarked
package org.cofferdam.core.attestation.ratls;

import org.jspecify.annotations.NullMarked;
