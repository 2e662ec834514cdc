/** RISC-V CoVE: the token of platform, security manager and virtual machine. A draft. */
@NullMarked
package org.cofferdam.core.evidence.cove;

import org.jspecify.annotations.NullMarked;
