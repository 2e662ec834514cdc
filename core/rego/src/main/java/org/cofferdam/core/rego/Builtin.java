// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A function that policies can call.
 *
 * @param name as it is called, with dots
 * @param arity number of arguments, -1 for any
 * @param body what it does
 */
public record Builtin(String name, int arity, Body body) {
  /** The work of a built-in. It must be pure but for what {@link CallContext} offers. */
  @FunctionalInterface
  public interface Body {
    /**
     * The result, or null for undefined.
     *
     * @throws BuiltinException where the arguments do not serve; the call is then undefined, or an
     *     error where the evaluation is strict
     */
    @Nullable Value call(CallContext context, Value[] args);
  }
}
