/** Confidential Containers: CPU and devices as one piece of evidence. */
@NullMarked
package org.cofferdam.core.attestation.coco;

import org.jspecify.annotations.NullMarked;
