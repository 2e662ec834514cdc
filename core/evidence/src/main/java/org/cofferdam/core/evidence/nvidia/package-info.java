/** NVIDIA GPUs and switches: the SPDM measurement report. */
@NullMarked
package org.cofferdam.core.evidence.nvidia;

import org.jspecify.annotations.NullMarked;
