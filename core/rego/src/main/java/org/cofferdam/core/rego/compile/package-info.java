/**
 * From the syntax tree to a plan: names resolved, literals ordered so that every variable is bound.
 */
@NullMarked
package org.cofferdam.core.rego.compile;

import org.jspecify.annotations.NullMarked;
