/** Tests of {@code cofferdam rego}. */
@NullMarked
package org.cofferdam.apps.cli.rego;

import org.jspecify.annotations.NullMarked;
