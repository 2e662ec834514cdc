// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.rego.value.Value;

/** The solutions of a query: for each the values of its variables, by name. */
public record QueryResult(List<Map<String, Value>> rows) {
  /** True where there is a solution. */
  public boolean defined() {
    return !rows.isEmpty();
  }

  /** The value of the only variable {@code result} in the first solution. */
  public Optional<Value> value() {
    return rows.isEmpty() ? Optional.empty() : Optional.ofNullable(rows.getFirst().get("result"));
  }
}
