/** AMD SEV-SNP: attestation report, certificate table, and the JSON that CoCo guests send. */
@NullMarked
package org.cofferdam.core.evidence.snp;

import org.jspecify.annotations.NullMarked;
