/** {@code cofferdam convert}: what a workload becomes under a pattern. */
@NullMarked
package org.cofferdam.apps.cli.convert;

import org.jspecify.annotations.NullMarked;
