// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** The documents that a literal sees; {@code with} makes another. */
public final class Context {
  final @Nullable Value input;
  final Value data;

  /** Nodes whose rules are hidden by {@code with data… as}; null where there are none. */
  final @Nullable Set<RuleNode> hidden;

  /** Functions replaced by {@code with}, by dotted path ({@code data.} first) or built-in name. */
  final @Nullable Map<String, Mock> mocks;

  private final @Nullable Object[] cache;
  private @Nullable Map<Object, Object> calls;

  /** What stands for a function: another one, or a value. */
  public record Mock(@Nullable Callable function, @Nullable Value value) {}

  public Context(
      @Nullable Value input,
      Value data,
      @Nullable Set<RuleNode> hidden,
      @Nullable Map<String, Mock> mocks,
      int ruleSets) {
    this.input = input;
    this.data = data;
    this.hidden = hidden;
    this.mocks = mocks;
    this.cache = new Object[ruleSets];
  }

  Context with(
      @Nullable Value newInput,
      Value newData,
      @Nullable Set<RuleNode> newHidden,
      @Nullable Map<String, Mock> newMocks) {
    return new Context(newInput, newData, newHidden, newMocks, cache.length);
  }

  @Nullable Object cached(int id) {
    return cache[id];
  }

  void cache(int id, Object value) {
    cache[id] = value;
  }

  Map<Object, Object> calls() {
    Map<Object, Object> c = calls;
    if (c == null) {
      c = new java.util.HashMap<>();
      calls = c;
    }
    return c;
  }
}
