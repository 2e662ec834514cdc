// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a schema to rules. Keywords of drafts 4, 6 and 7 are understood together; what is not a
 * keyword is passed over.
 */
final class Compiler {
  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "null", "object", "string");
  private static final int MAX_DEPTH = 200;

  private final References references;
  private final Map<Value, Node> targets = new HashMap<>();
  private final Node root;
  private int depth;

  Compiler(Value schema) {
    references = new References(schema);
    root = compile(schema, references.base());
  }

  Node root() {
    return root;
  }

  private static SchemaException invalid(String expected, String given) {
    return new SchemaException("Invalid type. Expected: " + expected + ", given: " + given);
  }

  private Node compile(Value schema, String base) {
    Node n = new Node();
    fill(n, schema, base);
    return n;
  }

  private void fill(Node n, Value schema, String base) {
    if (schema instanceof RegoBoolean b) {
      n.always = b.value();
      return;
    }
    if (!(schema instanceof RegoObject o)) {
      throw new SchemaException("Expected: valid schema, given: Invalid JSON");
    }
    if (++depth > MAX_DEPTH) {
      throw new SchemaException("nested too deep");
    }
    Value ref = o.get("$ref");
    String here = references.base(o, base);
    if (ref instanceof RegoString r) {
      n.target = target(r.value(), base);
    } else if (ref != null) {
      throw invalid("string", "$ref");
    } else {
      keywords(n, o, here);
    }
    depth--;
  }

  /** The node that a reference means; nodes that refer to themselves are made once. */
  private Node target(String ref, String base) {
    References.Found found = references.find(ref, base);
    Node known = targets.get(RegoString.of(found.uri()));
    if (known == null) {
      known = new Node();
      targets.put(RegoString.of(found.uri()), known);
      fill(known, found.schema(), found.base());
    }
    return known;
  }

  private void keywords(Node n, RegoObject o, String base) {
    definitions(o, base);
    types(n, o.get("type"));
    combined(n, o, base);
    dependencies(n, o, base);
    conditional(n, o, base);
    numbers(n, o);
    new ObjectRules(this, n, o, base).add();
    new ArrayRules(this, n, o, base).add();
    common(n, o);
    strings(n, o);
  }

  /** Definitions are compiled even where nothing refers to them, so that they are checked. */
  private void definitions(RegoObject o, String base) {
    Value d = o.get("definitions");
    if (d instanceof RegoObject all) {
      for (int i = 0; i < all.size(); i++) {
        sub(all.valueAt(i), base, "array of schemas", "definitions");
      }
    } else if (d != null) {
      throw invalid("array of schemas", "definitions");
    }
  }

  /** A schema at the place of {@code keyword}. */
  Node sub(Value schema, String base, String expected, String keyword) {
    if (schema instanceof RegoObject || schema instanceof RegoBoolean) {
      return compile(schema, base);
    }
    throw invalid(expected, keyword);
  }

  private static void types(Node n, @Nullable Value type) {
    if (type == null) {
      return;
    }
    List<Value> all = type instanceof RegoArray a ? a.items() : List.of(type);
    for (Value t : all) {
      if (!(t instanceof RegoString s)) {
        throw invalid("type", "string/array of strings");
      }
      if (!TYPES.contains(s.value())) {
        throw new SchemaException(
            "has a primitive type that is NOT VALID -- given: /"
                + s.value()
                + "/ Expected valid values are:["
                + String.join(" ", TYPES)
                + "]");
      }
      if (!n.types.add(s.value())) {
        throw new SchemaException(s.value() + " type is duplicated");
      }
    }
  }

  private void combined(Node n, RegoObject o, String base) {
    List<Node> any = list(o, "anyOf", base);
    if (!any.isEmpty()) {
      n.rules.add((v, at, run, report) -> anyOf(any, v, at, run, report));
    }
    List<Node> one = list(o, "oneOf", base);
    if (!one.isEmpty()) {
      n.rules.add((v, at, run, report) -> oneOf(one, v, at, run, report));
    }
    List<Node> all = list(o, "allOf", base);
    if (!all.isEmpty()) {
      n.rules.add(
          (v, at, run, report) -> {
            boolean valid = true;
            for (Node x : all) {
              Report r = x.report(v, at, run);
              valid &= r.valid();
              report.merge(r);
            }
            if (!valid) {
              report.add(at, "number_all_of", "Must validate all the schemas (allOf)");
            }
          });
    }
    Value not = o.get("not");
    if (not != null) {
      Node x = sub(not, base, "object", "not");
      n.rules.add(
          (v, at, run, report) -> {
            if (x.report(v, at, run).valid()) {
              report.add(at, "number_not", "Must not validate the schema (not)");
            }
          });
    }
  }

  private static void anyOf(List<Node> any, Value v, String at, Run run, Report report) {
    Report best = null;
    for (Node x : any) {
      Report r = x.report(v, at, run);
      if (r.valid()) {
        return;
      }
      best = best == null || r.betterThan(best) ? r : best;
    }
    report.add(at, "number_any_of", "Must validate at least one schema (anyOf)");
    if (best != null) {
      report.merge(best);
    }
  }

  private static void oneOf(List<Node> one, Value v, String at, Run run, Report report) {
    Report best = null;
    int valid = 0;
    for (Node x : one) {
      Report r = x.report(v, at, run);
      if (r.valid()) {
        valid++;
      } else if (best == null || r.betterThan(best)) {
        best = r;
      }
    }
    if (valid != 1) {
      report.add(at, "number_one_of", "Must validate one and only one schema (oneOf)");
      if (valid == 0 && best != null) {
        report.merge(best);
      }
    }
  }

  private List<Node> list(RegoObject o, String keyword, String base) {
    List<Node> out = new ArrayList<>();
    for (Value v : array(o, keyword)) {
      out.add(compile(v, base));
    }
    return out;
  }

  static List<Value> array(RegoObject o, String keyword) {
    Value v = o.get(keyword);
    if (v == null) {
      return List.of();
    }
    if (v instanceof RegoArray a) {
      return a.items();
    }
    throw new SchemaException(keyword + " must be of an array");
  }

  private void dependencies(Node n, RegoObject o, String base) {
    Value all = o.get("dependencies");
    if (all == null) {
      return;
    }
    if (!(all instanceof RegoObject d)) {
      throw new SchemaException("dependencies must be of type object");
    }
    Map<Value, Node.Rule> rules = new TreeMap<>();
    for (int i = 0; i < d.size(); i++) {
      Value needed = d.valueAt(i);
      if (needed instanceof RegoArray a) {
        if (!a.items().stream().allMatch(RegoString.class::isInstance)) {
          throw new SchemaException("dependency must be of type schema or array of strings");
        }
        rules.put(
            d.keyAt(i),
            (v, at, run, report) -> {
              for (Value key : a.items()) {
                if (v.get(key) == null) {
                  report.add(
                      at,
                      "missing_dependency",
                      "Has a dependency on " + ((RegoString) key).value());
                }
              }
            });
      } else {
        Node x = sub(needed, base, "schema or array of strings", "dependency");
        rules.put(d.keyAt(i), x::check);
      }
    }
    n.rules.add(
        (v, at, run, report) -> {
          if (v instanceof RegoObject) {
            rules.forEach(
                (key, rule) -> {
                  if (v.get(key) != null) {
                    rule.check(v, at, run, report);
                  }
                });
          }
        });
  }

  private void conditional(Node n, RegoObject o, String base) {
    Value condition = o.get("if");
    Value then = o.get("then");
    Value otherwise = o.get("else");
    Node a = then == null ? null : sub(then, base, "object", "then");
    Node b = otherwise == null ? null : sub(otherwise, base, "object", "else");
    if (condition == null) {
      return;
    }
    Node x = sub(condition, base, "object", "if");
    n.rules.add(
        (v, at, run, report) -> {
          boolean holds = x.report(v, at, run).valid();
          Node next = holds ? a : b;
          Report r = next == null ? null : next.report(v, at, run);
          if (r != null && !r.valid()) {
            report.add(
                at,
                holds ? "condition_then" : "condition_else",
                holds
                    ? "Must validate \"then\" as \"if\" was valid"
                    : "Must validate \"else\" as \"if\" was not valid");
            report.merge(r);
          }
        });
  }

  private static @Nullable BigDecimal number(RegoObject o, String keyword) {
    Value v = o.get(keyword);
    if (v == null) {
      return null;
    }
    if (v instanceof RegoNumber x) {
      return x.toBigDecimal();
    }
    throw new SchemaException(keyword + " must be of a number");
  }

  private static void numbers(Node n, RegoObject o) {
    BigDecimal multiple = number(o, "multipleOf");
    if (multiple != null) {
      if (multiple.signum() <= 0) {
        throw new SchemaException("multipleOf must be strictly greater than 0");
      }
      number(
          n,
          (x, say) -> {
            if (x.remainder(multiple).signum() != 0) {
              say.accept("multiple_of", "Must be a multiple of " + text(multiple));
            }
          });
    }
    bound(n, o, "minimum", "exclusiveMinimum", 1);
    bound(n, o, "maximum", "exclusiveMaximum", -1);
  }

  private static String text(BigDecimal d) {
    return RegoNumber.of(d).toString();
  }

  private static void bound(Node n, RegoObject o, String keyword, String strict, int sign) {
    BigDecimal limit = number(o, keyword);
    Value exclusive = o.get(strict);
    BigDecimal open = null;
    if (exclusive instanceof RegoBoolean b) {
      if (limit == null) {
        throw new SchemaException(strict + " cannot be used without " + keyword);
      }
      if (b.value()) {
        open = limit;
        limit = null;
      }
    } else if (exclusive != null) {
      open = number(o, strict);
    }
    String than = sign > 0 ? "greater than " : "less than ";
    if (limit != null) {
      BigDecimal l = limit;
      number(
          n,
          (x, say) -> {
            if (Integer.signum(x.compareTo(l)) == -sign) {
              say.accept(
                  sign > 0 ? "number_gte" : "number_lte",
                  "Must be " + than + "or equal to " + text(l));
            }
          });
    }
    if (open != null) {
      BigDecimal l = open;
      number(
          n,
          (x, say) -> {
            if (Integer.signum(x.compareTo(l)) != sign) {
              say.accept(sign > 0 ? "number_gt" : "number_lt", "Must be " + than + text(l));
            }
          });
    }
  }

  private static void number(Node n, BiConsumer<BigDecimal, BiConsumer<String, String>> rule) {
    n.rules.add(
        (v, at, run, report) -> {
          if (v instanceof RegoNumber x) {
            rule.accept(x.toBigDecimal(), (type, text) -> report.add(at, type, text));
          }
        });
  }

  private static void common(Node n, RegoObject o) {
    Value constant = o.get("const");
    if (constant != null) {
      n.rules.add(
          (v, at, run, report) -> {
            if (!v.equals(constant)) {
              report.add(at, "const", field(at) + " does not match: " + constant);
            }
          });
    }
    if (o.get("enum") != null) {
      List<Value> values = array(o, "enum");
      if (values.stream().distinct().count() < values.size()) {
        throw new SchemaException("enum items must be unique");
      }
      n.rules.add(
          (v, at, run, report) -> {
            if (!values.contains(v)) {
              report.add(
                  at,
                  "enum",
                  field(at)
                      + " must be one of the following: "
                      + String.join(", ", values.stream().map(Value::toString).toList()));
            }
          });
    }
    String format = string(o, "format");
    if (format != null) {
      n.rules.add(
          (v, at, run, report) -> {
            if (v instanceof RegoString s && !Formats.fits(format, s.value())) {
              report.add(at, "format", "Does not match format '" + format + "'");
            }
          });
    }
  }

  static @Nullable String string(RegoObject o, String keyword) {
    Value v = o.get(keyword);
    if (v == null) {
      return null;
    }
    if (v instanceof RegoString s) {
      return s.value();
    }
    throw invalid("string", keyword);
  }

  /** A number of things, or -1 where the keyword is absent. */
  static int count(RegoObject o, String keyword) {
    Value v = o.get(keyword);
    if (v == null) {
      return -1;
    }
    if (!(v instanceof RegoNumber x) || !x.isInteger()) {
      throw new SchemaException(keyword + " must be of an integer");
    }
    if (x.signum() < 0) {
      throw new SchemaException(keyword + " must be greater than or equal to 0");
    }
    return x.toBigInteger().bitLength() < 32 ? x.toBigInteger().intValue() : Integer.MAX_VALUE;
  }

  static void ordered(String low, int min, String high, int max) {
    if (min >= 0 && max >= 0 && min > max) {
      throw new SchemaException(low + " cannot be greater than " + high);
    }
  }

  private static void strings(Node n, RegoObject o) {
    int min = count(o, "minLength");
    int max = count(o, "maxLength");
    ordered("minLength", min, "maxLength", max);
    String pattern = string(o, "pattern");
    Pattern p = pattern == null ? null : pattern(pattern, "pattern must be a valid regex");
    if (min < 0 && max < 0 && p == null) {
      return;
    }
    n.rules.add(
        (v, at, run, report) -> {
          if (!(v instanceof RegoString s)) {
            return;
          }
          int length = s.value().codePointCount(0, s.value().length());
          if (length < min) {
            report.add(at, "string_gte", "String length must be greater than or equal to " + min);
          }
          if (max >= 0 && length > max) {
            report.add(at, "string_lte", "String length must be less than or equal to " + max);
          }
          if (p != null && !p.matcher(s.value()).find()) {
            report.add(at, "pattern", "Does not match pattern '" + pattern + "'");
          }
        });
  }

  static Pattern pattern(String text, String otherwise) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new SchemaException(otherwise);
    }
  }

  /** A place as messages name it. */
  static String field(String at) {
    return at.startsWith("(Root).") ? at.substring(7) : at;
  }
}
