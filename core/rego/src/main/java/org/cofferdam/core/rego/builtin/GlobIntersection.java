// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.cofferdam.core.rego.BuiltinException;

/**
 * Whether two simple patterns have a common text. A pattern is a row of characters, {@code .} and
 * classes, each with {@code *} or {@code +} behind it or nothing.
 */
final class GlobIntersection {
  private static final int POINTS = 0x110000;

  private record Item(BitSet chars, boolean optional, boolean repeated) {}

  private GlobIntersection() {}

  static boolean nonEmpty(String a, String b) {
    List<Item> x = parse(a);
    List<Item> y = parse(b);
    return new Search(x, y).from(0, 0, false, false);
  }

  private static List<Item> parse(String s) {
    List<Item> items = new ArrayList<>();
    int[] points = s.codePoints().toArray();
    int i = 0;
    while (i < points.length) {
      BitSet chars = new BitSet();
      int p = points[i];
      switch (p) {
        case '\\' -> {
          if (i + 1 >= points.length) {
            throw bad(s);
          }
          chars.set(points[i + 1]);
          i += 2;
        }
        case '.' -> {
          chars.set(0, POINTS);
          i++;
        }
        case '[' -> i = range(points, i + 1, chars, s);
        case ']' ->
            throw BuiltinException.failed(
                "input:"
                    + s
                    + ", pos:"
                    + (i + 1)
                    + ", set-close ']' with no preceding '[': the input provided is invalid");
        case '*', '+' -> throw bad(s);
        default -> {
          chars.set(p);
          i++;
        }
      }
      boolean star = i < points.length && points[i] == '*';
      boolean plus = i < points.length && points[i] == '+';
      items.add(new Item(chars, star, star || plus));
      i += star || plus ? 1 : 0;
    }
    return items;
  }

  private static int range(int[] points, int from, BitSet chars, String s) {
    int i = from;
    while (i < points.length && points[i] != ']') {
      int low = points[i] == '\\' && i + 1 < points.length ? points[++i] : points[i];
      if (i + 2 < points.length && points[i + 1] == '-' && points[i + 2] != ']') {
        i += 2;
        int high = points[i] == '\\' && i + 1 < points.length ? points[++i] : points[i];
        if (high < low) {
          throw bad(s);
        }
        chars.set(low, high + 1);
      } else {
        chars.set(low);
      }
      i++;
    }
    if (i >= points.length || chars.isEmpty()) {
      throw bad(s);
    }
    return i + 1;
  }

  private static BuiltinException bad(String s) {
    return BuiltinException.failed("input:" + s + ", the input provided is invalid");
  }

  /** Walks both patterns together; a pair of positions is visited once. */
  private static final class Search {
    private final List<Item> x;
    private final List<Item> y;
    private final BitSet seen = new BitSet();
    private final List<int[]> todo = new ArrayList<>();

    Search(List<Item> x, List<Item> y) {
      this.x = x;
      this.y = y;
    }

    boolean from(int a, int b, boolean usedA, boolean usedB) {
      add(a, b, usedA, usedB);
      while (!todo.isEmpty()) {
        int[] at = todo.removeLast();
        if (at[0] == x.size() && at[1] == y.size()) {
          return true;
        }
        step(at[0], at[1], at[2] == 1, at[3] == 1);
      }
      return false;
    }

    private void step(int i, int j, boolean usedA, boolean usedB) {
      if (i < x.size() && (usedA || x.get(i).optional)) {
        add(i + 1, j, false, usedB);
      }
      if (j < y.size() && (usedB || y.get(j).optional)) {
        add(i, j + 1, usedA, false);
      }
      if (i < x.size()
          && j < y.size()
          && (!usedA || x.get(i).repeated)
          && (!usedB || y.get(j).repeated)
          && x.get(i).chars.intersects(y.get(j).chars)) {
        add(i, j, true, true);
      }
    }

    private void add(int i, int j, boolean usedA, boolean usedB) {
      int key = ((i * (y.size() + 1) + j) << 2) + (usedA ? 2 : 0) + (usedB ? 1 : 0);
      if (!seen.get(key)) {
        seen.set(key);
        todo.add(new int[] {i, j, usedA ? 1 : 0, usedB ? 1 : 0});
      }
    }
  }
}
