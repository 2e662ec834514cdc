// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Functions on graphs, given as objects of neighbours. */
final class Graph {
  private Graph() {}

  static void register(Registry r) {
    r.add("graph.reachable", 2, Graph::reachable);
    r.add("graph.reachable_paths", 2, Graph::paths);
  }

  private static List<Value> starts(Value v) {
    return switch (v) {
      case RegoArray a -> a.items();
      case RegoSet s -> s.items();
      default -> throw Args.wrong(2, v, "set", "array");
    };
  }

  private static List<Value> neighbours(@Nullable Value v) {
    return switch (v) {
      case RegoArray a -> a.items();
      case RegoSet s -> s.items();
      case null, default -> List.of();
    };
  }

  private static Value reachable(CallContext c, Value[] a) {
    RegoObject graph = Args.object(a[0], 1);
    Deque<Value> todo = new ArrayDeque<>(starts(a[1]));
    Set<Value> seen = new HashSet<>();
    while (!todo.isEmpty()) {
      Value v = todo.poll();
      c.work(1);
      Value next = graph.get(v);
      if (next != null && seen.add(v)) {
        todo.addAll(neighbours(next));
      }
    }
    return RegoSet.of(seen);
  }

  private static Value paths(CallContext c, Value[] a) {
    RegoObject graph = Args.object(a[0], 1);
    Set<Value> out = new HashSet<>();
    for (Value start : starts(a[1])) {
      if (graph.has(start)) {
        follow(c, graph, start, new ArrayList<>(), out);
      }
    }
    return RegoSet.of(out);
  }

  private static void follow(
      CallContext c, RegoObject graph, Value at, List<Value> path, Set<Value> out) {
    c.charge(path.size() + 1L);
    c.work(path.size() + 1L);
    path.add(at);
    boolean end = true;
    List<Value> next = neighbours(graph.get(at));
    for (Value n : next) {
      if (graph.has(n) && !path.contains(n)) {
        end = false;
        follow(c, graph, n, path, out);
      } else if (graph.has(n)) {
        out.add(RegoArray.of(path));
      }
    }
    if (end) {
      out.add(RegoArray.of(path));
    }
    path.removeLast();
  }
}
