/** Arm CCA: from the platform's key to the realm's token. */
@NullMarked
package org.cofferdam.core.attestation.cca;

import org.jspecify.annotations.NullMarked;
