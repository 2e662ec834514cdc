/** Asks every pattern about every workload. */
@NullMarked
package org.cofferdam.workload.advisor.scan;

import org.jspecify.annotations.NullMarked;
