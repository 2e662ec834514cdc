/** Rego values: immutable, totally ordered, with numbers of any size. */
@NullMarked
package org.cofferdam.core.rego.value;

import org.jspecify.annotations.NullMarked;
