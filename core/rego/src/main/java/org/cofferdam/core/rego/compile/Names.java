// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.syntax.Module;
import org.jspecify.annotations.Nullable;

/**
 * What a name means in a module where no variable hides it.
 *
 * @param pkg path of the package
 * @param rules names of the package's rules, from all of its modules
 * @param imports alias to path
 */
record Names(
    List<String> pkg, Set<String> rules, Map<String, List<String>> imports, boolean strict) {
  static final Names QUERY = new Names(List.of(), Set.of(), Map.of(), true);

  static Names of(Module m, Set<String> rules) {
    Map<String, List<String>> imports = new HashMap<>();
    m.imports().forEach(i -> imports.put(i.alias(), i.path()));
    return new Names(m.path(), rules, imports, m.strict());
  }

  /** The absolute path that a name stands for, or null where it is a variable. */
  @Nullable List<String> resolve(String name) {
    if (name.equals("input") || name.equals("data")) {
      return List.of(name);
    }
    if (rules.contains(name)) {
      List<String> path = new java.util.ArrayList<>();
      path.add("data");
      path.addAll(pkg);
      path.add(name);
      return path;
    }
    return imports.get(name);
  }
}
