/** AWS Nitro: from the document to Amazon's root key. */
@NullMarked
package org.cofferdam.core.attestation.nitro;

import org.jspecify.annotations.NullMarked;
