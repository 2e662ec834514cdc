/** Arm Confidential Compute Architecture: the token of platform and realm. */
@NullMarked
package org.cofferdam.core.evidence.cca;

import org.jspecify.annotations.NullMarked;
