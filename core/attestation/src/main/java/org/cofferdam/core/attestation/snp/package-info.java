/** SEV-SNP: from the report to AMD's root key, and what the platform admits. */
@NullMarked
package org.cofferdam.core.attestation.snp;

import org.jspecify.annotations.NullMarked;
