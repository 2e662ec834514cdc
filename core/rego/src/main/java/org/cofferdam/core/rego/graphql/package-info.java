/** GraphQL (October 2021): syntax, schemas, and whether a query fits its schema. */
@NullMarked
package org.cofferdam.core.rego.graphql;

import org.jspecify.annotations.NullMarked;
