/** JSON Schema, drafts 4 to 7. */
@NullMarked
package org.cofferdam.core.rego.schema;

import org.jspecify.annotations.NullMarked;
