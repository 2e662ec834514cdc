// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What was compiled from a text lately; shared by the threads that use a policy. */
final class Cache<T> {
  private static final int MAX = 500;

  private final Map<String, T> map =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
          return size() > MAX;
        }
      };

  T get(String key, Function<String, T> make) {
    synchronized (map) {
      T known = map.get(key);
      if (known != null) {
        return known;
      }
    }
    T made = make.apply(key);
    synchronized (map) {
      map.put(key, made);
    }
    return made;
  }
}
