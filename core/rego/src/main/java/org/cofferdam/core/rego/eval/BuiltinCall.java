// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import org.cofferdam.core.rego.Builtin;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A built-in at a place where it is called. */
public record BuiltinCall(Builtin builtin, Location at) implements Callable {
  @Override
  public @Nullable Value call(Machine machine, Context context, Value[] args) {
    try {
      Value v = builtin.body().call(machine, args);
      if (v instanceof RegoString s) {
        machine.charge(s.value().length());
      } else if (v != null) {
        machine.charge(v.size());
      }
      return v;
    } catch (BuiltinException e) {
      if (!machine.strict) {
        return null;
      }
      throw new RegoException(
          e.isTypeError() ? ErrorCode.EVAL_TYPE_ERROR : ErrorCode.EVAL_BUILTIN_ERROR,
          at,
          builtin.name() + ": " + e.getMessage());
    }
  }
}
