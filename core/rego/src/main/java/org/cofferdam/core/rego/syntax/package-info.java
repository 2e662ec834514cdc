/** From Rego text to a syntax tree. */
@NullMarked
package org.cofferdam.core.rego.syntax;

import org.jspecify.annotations.NullMarked;
