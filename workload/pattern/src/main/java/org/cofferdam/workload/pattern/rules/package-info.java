/** Rules about single fields of a pod, as data that a pattern brings along. */
@NullMarked
package org.cofferdam.workload.pattern.rules;

import org.jspecify.annotations.NullMarked;
