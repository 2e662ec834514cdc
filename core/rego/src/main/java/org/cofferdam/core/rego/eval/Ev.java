// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A term all of whose variables are bound. */
@FunctionalInterface
public interface Ev {
  /** The value, or null for undefined. */
  @Nullable Value eval(Frame f);
}
