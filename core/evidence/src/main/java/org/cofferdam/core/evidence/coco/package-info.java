/** Confidential Containers: evidence of a CPU together with that of its devices. */
@NullMarked
package org.cofferdam.core.evidence.coco;

import org.jspecify.annotations.NullMarked;
