/** The Rego engine's speed, beside OPA and regorus. */
@NullMarked
package org.cofferdam.quality.benchmarks.rego;

import org.jspecify.annotations.NullMarked;
