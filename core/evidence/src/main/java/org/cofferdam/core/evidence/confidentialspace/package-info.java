/** Google Confidential Space: the attestation token with its certificate chain. */
@NullMarked
package org.cofferdam.core.evidence.confidentialspace;

import org.jspecify.annotations.NullMarked;
