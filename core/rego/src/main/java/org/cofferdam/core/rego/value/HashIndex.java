// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

import java.util.Arrays;

/** Finds the position of a value in an array of distinct values. */
final class HashIndex {
  private final int[] table;
  private final Value[] keys;

  HashIndex(Value[] keys) {
    this.keys = keys;
    table = new int[Integer.highestOneBit(Math.max(keys.length, 2) * 2) * 2];
    Arrays.fill(table, -1);
    for (int i = 0; i < keys.length; i++) {
      int p = slot(keys[i]);
      while (table[p] >= 0) {
        p = p + 1 & table.length - 1;
      }
      table[p] = i;
    }
  }

  private int slot(Value v) {
    int h = v.hashCode() * 0x9e3779b9;
    return (h ^ h >>> 15) & table.length - 1;
  }

  int find(Value key) {
    int p = slot(key);
    while (table[p] >= 0) {
      if (keys[table[p]].equals(key)) {
        return table[p];
      }
      p = p + 1 & table.length - 1;
    }
    return -1;
  }
}
