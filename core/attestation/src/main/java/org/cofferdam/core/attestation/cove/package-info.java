/** RISC-V CoVE (draft): from the root of trust through two layers to the virtual machine. */
@NullMarked
package org.cofferdam.core.attestation.cove;

import org.jspecify.annotations.NullMarked;
