/** AWS Nitro: the attestation document of enclaves, and of NitroTPM. */
@NullMarked
package org.cofferdam.core.evidence.nitro;

import org.jspecify.annotations.NullMarked;
