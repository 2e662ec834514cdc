/** Google Confidential Space: the token under Google's root. */
@NullMarked
package org.cofferdam.core.attestation.confidentialspace;

import org.jspecify.annotations.NullMarked;
