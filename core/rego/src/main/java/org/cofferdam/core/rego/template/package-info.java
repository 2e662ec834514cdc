/** Templates in the language of Go's text/template, without definitions of other templates. */
@NullMarked
package org.cofferdam.core.rego.template;

import org.jspecify.annotations.NullMarked;
