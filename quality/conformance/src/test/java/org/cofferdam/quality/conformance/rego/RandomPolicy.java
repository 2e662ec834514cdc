// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.rego;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes random modules: every construct of the language, over a few names and small values. */
final class RandomPolicy {
  private static final String[] FIELDS = {"a", "b", "c"};
  private static final String[] STRINGS = {"\"\"", "\"a\"", "\"b\"", "\"ab\"", "\"x y\"", "\"é\""};
  private static final String[] ONE = {
    "count",
    "sum",
    "max",
    "min",
    "sort",
    "is_string",
    "is_array",
    "type_name",
    "to_number",
    "lower",
    "upper",
    "abs",
    "round",
    "ceil",
    "floor",
    "object.keys",
    "array.reverse",
    "json.marshal",
    "trim_space",
    "strings.reverse",
    "union",
    "intersection",
    "product",
    "base64.encode",
    "is_set",
    "is_null"
  };
  private static final String[] TWO = {
    "concat",
    "contains",
    "startswith",
    "split",
    "array.concat",
    "object.union",
    "object.remove",
    "object.filter",
    "indexof",
    "trim",
    "object.subset",
    "bits.and",
    "bits.or",
    "json.filter",
    "json.remove",
    "numbers.range",
    "trim_left",
    "endswith",
    "strings.count",
    "regex.match",
    "format_int"
  };
  private static final String[] OPERATORS = {
    "+", "-", "*", "/", "%", "&", "|", "==", "!=", "<", ">", "<=", ">="
  };

  private final Random r;
  private final StringBuilder out = new StringBuilder();
  private final List<String> rules = new ArrayList<>();
  private final List<String> functions = new ArrayList<>();
  private int vars;

  RandomPolicy(long seed) {
    r = new Random(seed);
  }

  String module() {
    out.append("package t\n\n");
    int n = 1 + r.nextInt(5);
    for (int i = 0; i < n; i++) {
      rule("r" + i);
    }
    return out.toString();
  }

  /** A JSON document. */
  String document() {
    StringBuilder s = new StringBuilder("{");
    for (int i = 0; i < FIELDS.length; i++) {
      s.append(i == 0 ? "" : ",").append('"').append(FIELDS[i]).append("\":").append(json(2));
    }
    return s.append('}').toString();
  }

  private String json(int depth) {
    int k = r.nextInt(depth > 0 ? 9 : 6);
    return switch (k) {
      case 0 -> "null";
      case 1 -> r.nextBoolean() ? "true" : "false";
      case 2, 3 -> number();
      case 4, 5 -> pick(STRINGS);
      case 6, 7 -> {
        List<String> items = new ArrayList<>();
        for (int i = r.nextInt(4); i > 0; i--) {
          items.add(json(depth - 1));
        }
        yield "[" + String.join(",", items) + "]";
      }
      default -> {
        List<String> items = new ArrayList<>();
        for (String f : FIELDS) {
          if (r.nextBoolean()) {
            items.add('"' + f + "\":" + json(depth - 1));
          }
        }
        yield "{" + String.join(",", items) + "}";
      }
    };
  }

  private String number() {
    return switch (r.nextInt(8)) {
      case 0 -> "-1";
      case 1 -> "2.5";
      case 2 -> "100";
      case 3 -> "0.1";
      default -> Integer.toString(r.nextInt(4));
    };
  }

  private <T> T pick(T[] all) {
    return all[r.nextInt(all.length)];
  }

  private String pick(List<String> all) {
    return all.get(r.nextInt(all.size()));
  }

  private String fresh() {
    return "v" + vars++;
  }

  private void rule(String name) {
    List<String> bound = new ArrayList<>();
    switch (r.nextInt(7)) {
      case 0, 1 -> complete(name, bound);
      case 2 -> {
        for (int i = 1 + r.nextInt(2); i > 0; i--) {
          List<String> b = new ArrayList<>();
          String body = body(b, 2);
          out.append(name)
              .append(" contains ")
              .append(term(b, 1))
              .append(" if {\n")
              .append(body)
              .append("}\n");
        }
        rules.add(name);
      }
      case 3 -> {
        for (int i = 1 + r.nextInt(2); i > 0; i--) {
          List<String> b = new ArrayList<>();
          String body = body(b, 2);
          out.append(name)
              .append('[')
              .append(simple(b))
              .append("] := ")
              .append(term(b, 1))
              .append(" if {\n")
              .append(body)
              .append("}\n");
        }
        rules.add(name);
      }
      case 4 -> function(name);
      case 5 -> {
        out.append("default ").append(name).append(" := ").append(json(1)).append('\n');
        complete(name, bound);
      }
      default -> {
        out.append(name).append(" := ").append(term(bound, 2)).append('\n');
        rules.add(name);
      }
    }
    out.append('\n');
  }

  private void complete(String name, List<String> bound) {
    String body = body(bound, 2);
    out.append(name)
        .append(" := ")
        .append(term(bound, 1))
        .append(" if {\n")
        .append(body)
        .append("}");
    for (int i = r.nextInt(3); i > 0; i--) {
      List<String> b = new ArrayList<>();
      String other = body(b, 1);
      out.append(" else := ").append(term(b, 1)).append(" if {\n").append(other).append("}");
    }
    out.append('\n');
    if (r.nextInt(4) == 0) {
      List<String> b = new ArrayList<>();
      String other = body(b, 1);
      out.append(name)
          .append(" := ")
          .append(term(b, 0))
          .append(" if {\n")
          .append(other)
          .append("}\n");
    }
    rules.add(name);
  }

  private void function(String name) {
    for (int i = 1 + r.nextInt(2); i > 0; i--) {
      List<String> bound = new ArrayList<>();
      String x = fresh();
      bound.add(x);
      String arg =
          switch (r.nextInt(4)) {
            case 0 -> "[" + x + ", _]";
            case 1 -> "{\"a\": " + x + "}";
            default -> x;
          };
      String body = body(bound, 1);
      out.append(name)
          .append('(')
          .append(arg)
          .append(") := ")
          .append(term(bound, 1))
          .append(" if {\n")
          .append(body)
          .append("}\n");
    }
    functions.add(name);
  }

  private String body(List<String> bound, int depth) {
    StringBuilder s = new StringBuilder();
    for (int i = 1 + r.nextInt(3); i > 0; i--) {
      s.append("  ").append(literal(bound, depth)).append('\n');
    }
    return s.toString();
  }

  private String literal(List<String> bound, int depth) {
    switch (r.nextInt(13)) {
      case 0, 1 -> {
        String t = term(bound, depth);
        String v = fresh();
        bound.add(v);
        return v + " := " + t;
      }
      case 2 -> {
        String t = reference(bound);
        String v = fresh();
        bound.add(v);
        return "some " + v + " in " + t;
      }
      case 3 -> {
        String t = reference(bound);
        String k = fresh();
        String v = fresh();
        bound.add(k);
        bound.add(v);
        return "some " + k + ", " + v + " in " + t;
      }
      case 4 -> {
        return "not " + negatable(bound);
      }
      case 5 -> {
        String domain = reference(bound);
        List<String> inner = new ArrayList<>(bound);
        String v = fresh();
        inner.add(v);
        return "every "
            + v
            + " in "
            + domain
            + " { "
            + v
            + " != "
            + simple(inner)
            + "; "
            + condition(inner)
            + " }";
      }
      case 6 -> {
        String t = term(bound, 1);
        String v = fresh();
        String w = fresh();
        bound.add(v);
        bound.add(w);
        return "["
            + v
            + ", "
            + w
            + "] = "
            + (r.nextInt(3) == 0 ? t : reference(bound.subList(0, bound.size() - 2)));
      }
      case 7 -> {
        String v = fresh();
        bound.add(v);
        return reference(List.of()) + "[" + v + "]";
      }
      case 8 -> {
        return condition(bound) + " with input." + pick(FIELDS) + " as " + json(1);
      }
      case 9 -> {
        return term(bound, 1) + " in " + reference(bound);
      }
      case 10 -> {
        String v = fresh();
        String s = reference(bound) + "[" + v + "] == " + simple(bound);
        bound.add(v);
        return s;
      }
      default -> {
        return condition(bound);
      }
    }
  }

  private String negatable(List<String> bound) {
    return r.nextBoolean() ? reference(bound) : reference(bound) + " == " + simple(bound);
  }

  private String condition(List<String> bound) {
    return r.nextInt(3) == 0
        ? reference(bound)
        : term(bound, 1) + " " + OPERATORS[7 + r.nextInt(6)] + " " + term(bound, 1);
  }

  private String simple(List<String> bound) {
    return switch (r.nextInt(4)) {
      case 0 -> pick(STRINGS);
      case 1 -> number().replace("-", "");
      default -> bound.isEmpty() ? pick(STRINGS) : pick(bound);
    };
  }

  private String reference(List<String> bound) {
    String base;
    int k = r.nextInt(6);
    if (k == 0 && !rules.isEmpty()) {
      base = pick(rules);
    } else if (k == 1 && !bound.isEmpty()) {
      base = pick(bound);
    } else if (k == 2) {
      base = "data.d";
    } else {
      base = "input";
    }
    StringBuilder s = new StringBuilder(base);
    if (!rules.contains(base) || r.nextBoolean()) {
      s.append('.').append(pick(FIELDS));
    }
    if (r.nextInt(4) == 0) {
      s.append('[').append(simple(bound)).append(']');
    }
    if (r.nextInt(8) == 0) {
      s.append("[_]");
    }
    return s.toString();
  }

  private String term(List<String> bound, int depth) {
    if (depth == 0) {
      return r.nextBoolean() ? simple(bound) : reference(bound);
    }
    return switch (r.nextInt(13)) {
      case 0 -> "[" + term(bound, depth - 1) + ", " + term(bound, depth - 1) + "]";
      case 1 -> "{" + term(bound, depth - 1) + ", " + term(bound, depth - 1) + "}";
      case 2 ->
          "{\"a\": " + term(bound, depth - 1) + ", " + pick(STRINGS) + ": " + simple(bound) + "}";
      case 3, 4 -> pick(ONE) + "(" + reference(bound) + ")";
      case 5 -> pick(TWO) + "(" + reference(bound) + ", " + term(bound, depth - 1) + ")";
      case 6 -> "(" + reference(bound) + " " + pick(OPERATORS) + " " + term(bound, depth - 1) + ")";
      case 7 -> comprehension(bound, depth);
      case 8 ->
          functions.isEmpty()
              ? simple(bound)
              : pick(functions) + "(" + term(bound, depth - 1) + ")";
      case 9 ->
          "sprintf(\"%v %d %s\", ["
              + reference(bound)
              + ", "
              + reference(bound)
              + ", "
              + simple(bound)
              + "])";
      case 10 ->
          "object.get(" + reference(bound) + ", " + simple(bound) + ", " + simple(bound) + ")";
      default -> reference(bound);
    };
  }

  private String comprehension(List<String> bound, int depth) {
    List<String> inner = new ArrayList<>(bound);
    StringBuilder body = new StringBuilder();
    for (int i = 1 + r.nextInt(2); i > 0; i--) {
      body.append(body.isEmpty() ? "" : "; ").append(literal(inner, depth - 1));
    }
    String head = term(inner, depth - 1);
    return switch (r.nextInt(3)) {
      case 0 -> "[" + head + " | " + body + "]";
      case 1 -> "{" + head + " | " + body + "}";
      default -> "{" + simple(inner) + ": " + head + " | " + body + "}";
    };
  }
}
