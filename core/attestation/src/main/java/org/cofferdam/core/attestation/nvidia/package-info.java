/** NVIDIA GPUs and switches: from the measurement report to the device root. */
@NullMarked
package org.cofferdam.core.attestation.nvidia;

import org.jspecify.annotations.NullMarked;
