/** {@code cofferdam rego}: policies by themselves. */
@NullMarked
package org.cofferdam.apps.cli.rego;

import org.jspecify.annotations.NullMarked;
