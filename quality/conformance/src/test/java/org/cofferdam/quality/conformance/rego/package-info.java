/** The Rego engine against OPA: its published cases, and random policies. */
@NullUnmarked
package org.cofferdam.quality.conformance.rego;

import org.jspecify.annotations.NullUnmarked;
