/** {@code cofferdam scan}: which pattern fits which workload, and why not. */
@NullMarked
package org.cofferdam.apps.cli.scan;

import org.jspecify.annotations.NullMarked;
