/** Tape archives as image layers have them: a strict reader and a deterministic writer. */
@NullMarked
package org.cofferdam.workload.images.tar;

import org.jspecify.annotations.NullMarked;
