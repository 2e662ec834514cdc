/** What the conversions for single units share: a workload as the exact document of what runs. */
@NullMarked
package org.cofferdam.workload.pattern.convert;

import org.jspecify.annotations.NullMarked;
