/** The built-in functions. */
@NullMarked
package org.cofferdam.core.rego.builtin;

import org.jspecify.annotations.NullMarked;
