/** The plan of a policy and the machine that runs it. */
@NullMarked
package org.cofferdam.core.rego.eval;

import org.jspecify.annotations.NullMarked;
