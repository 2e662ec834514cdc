/** Turns a workload into what the guest agent runs and is measured by. */
@NullMarked
package org.cofferdam.patterns.pod.convert;

import org.jspecify.annotations.NullMarked;
