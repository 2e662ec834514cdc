// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Something that can be called: a built-in or a function of a module. */
public interface Callable {
  /** The result, or null for undefined. */
  @Nullable Value call(Machine machine, Context context, Value[] args);
}
