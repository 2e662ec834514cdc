// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.template.Template;
import org.cofferdam.core.rego.template.TemplateException;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/** Functions on strings; positions and lengths count code points. */
final class Strings {
  private Strings() {}

  static void register(Registry r) {
    r.add("strings.render_template", 2, Strings::render);
    r.two(
        "concat",
        (sep, xs) -> RegoString.of(String.join(Args.string(sep, 1), Args.strings(xs, 2))));
    r.two("contains", (s, x) -> RegoBoolean.of(Args.string(s, 1).contains(Args.string(x, 2))));
    r.two("startswith", (s, x) -> RegoBoolean.of(Args.string(s, 1).startsWith(Args.string(x, 2))));
    r.two("endswith", (s, x) -> RegoBoolean.of(Args.string(s, 1).endsWith(Args.string(x, 2))));
    r.two("indexof", Strings::indexOf);
    r.two("indexof_n", Strings::indexOfN);
    r.one("lower", s -> RegoString.of(CaseMap.lower(Args.string(s, 1))));
    r.one("upper", s -> RegoString.of(CaseMap.upper(Args.string(s, 1))));
    r.add(
        "replace",
        3,
        (c, a) -> replace(c, Args.string(a[0], 1), Args.string(a[1], 2), Args.string(a[2], 3)));
    r.add("strings.replace_n", 2, Strings::replaceN);
    r.two("split", (s, d) -> Args.arrayOf(split(Args.string(s, 1), Args.string(d, 2), -1)));
    r.three(
        "strings.split_n",
        (s, d, n) -> splitN(Args.string(s, 1), Args.string(d, 2), Args.small(n, 3)));
    r.three("substring", Strings::substring);
    r.two("trim", (s, x) -> RegoString.of(trim(Args.string(s, 1), Args.string(x, 2), true, true)));
    r.two(
        "trim_left",
        (s, x) -> RegoString.of(trim(Args.string(s, 1), Args.string(x, 2), true, false)));
    r.two(
        "trim_right",
        (s, x) -> RegoString.of(trim(Args.string(s, 1), Args.string(x, 2), false, true)));
    r.two(
        "trim_prefix",
        (s, x) -> {
          String t = Args.string(s, 1);
          String p = Args.string(x, 2);
          return t.startsWith(p) ? RegoString.of(t.substring(p.length())) : s;
        });
    r.two(
        "trim_suffix",
        (s, x) -> {
          String t = Args.string(s, 1);
          String p = Args.string(x, 2);
          return t.endsWith(p) ? RegoString.of(t.substring(0, t.length() - p.length())) : s;
        });
    r.one("trim_space", s -> RegoString.of(trimSpace(Args.string(s, 1))));
    r.one("strings.reverse", s -> RegoString.of(reverse(Args.string(s, 1))));
    r.two("strings.count", (s, x) -> count(Args.string(s, 1), Args.string(x, 2)));
    r.two("strings.any_prefix_match", (s, x) -> RegoBoolean.of(any(s, x, true)));
    r.two("strings.any_suffix_match", (s, x) -> RegoBoolean.of(any(s, x, false)));
  }

  private static Value indexOf(Value s, Value x) {
    String text = Args.string(s, 1);
    String part = Args.string(x, 2);
    if (part.isEmpty()) {
      throw BuiltinException.failed("empty search character");
    }
    int i = text.indexOf(part);
    return RegoNumber.of(i < 0 ? -1 : text.codePointCount(0, i));
  }

  private static Value indexOfN(Value s, Value x) {
    String text = Args.string(s, 1);
    String part = Args.string(x, 2);
    if (part.isEmpty()) {
      throw BuiltinException.failed("empty search character");
    }
    List<Value> out = new ArrayList<>();
    int points = 0;
    int last = 0;
    for (int i = text.indexOf(part);
        i >= 0;
        i = text.indexOf(part, text.offsetByCodePoints(i, 1))) {
      points += text.codePointCount(last, i);
      last = i;
      out.add(RegoNumber.of(points));
    }
    return RegoArray.of(out);
  }

  private static Value replace(CallContext c, String s, String old, String by) {
    long times = old.isEmpty() ? s.length() + 1L : s.length() / old.length();
    c.charge(Math.max(0, times * (by.length() - old.length())));
    if (!old.isEmpty()) {
      return RegoString.of(s.replace(old, by));
    }
    StringBuilder out = new StringBuilder(by);
    s.codePoints().forEach(p -> out.appendCodePoint(p).append(by));
    return RegoString.of(out.toString());
  }

  private static Value replaceN(CallContext c, Value[] a) {
    RegoObject patterns = Args.object(a[0], 1);
    String s = Args.string(a[1], 2);
    TreeMap<String, String> map = new TreeMap<>(RegoString::compare);
    for (int i = 0; i < patterns.size(); i++) {
      if (!(patterns.keyAt(i) instanceof RegoString k)) {
        throw BuiltinException.type("operand 1 non-string key found in pattern object");
      }
      if (!(patterns.valueAt(i) instanceof RegoString v)) {
        throw BuiltinException.type("operand 1 non-string value found in pattern object");
      }
      map.put(k.value(), v.value());
      c.work(s.length());
    }
    StringBuilder out = new StringBuilder();
    int i = 0;
    boolean afterEmpty = false;
    while (i <= s.length()) {
      Map.Entry<String, String> hit = null;
      for (Map.Entry<String, String> e : map.entrySet()) {
        if (s.startsWith(e.getKey(), i) && !(afterEmpty && e.getKey().isEmpty())) {
          hit = e;
          break;
        }
      }
      afterEmpty = hit != null && hit.getKey().isEmpty();
      if (hit != null) {
        out.append(hit.getValue());
        c.charge(hit.getValue().length());
        i += hit.getKey().length();
      } else {
        if (i < s.length()) {
          out.append(s.charAt(i));
        }
        i++;
      }
    }
    return RegoString.of(out.toString());
  }

  static List<String> split(String s, String separator, int limit) {
    List<String> out = new ArrayList<>();
    if (separator.isEmpty()) {
      int i = 0;
      while (i < s.length()) {
        int n = limit > 0 && out.size() == limit - 1 ? s.length() : s.offsetByCodePoints(i, 1);
        out.add(s.substring(i, n));
        i = n;
      }
      return out;
    }
    int from = 0;
    while (limit < 0 || out.size() < limit - 1) {
      int i = s.indexOf(separator, from);
      if (i < 0) {
        break;
      }
      out.add(s.substring(from, i));
      from = i + separator.length();
    }
    out.add(s.substring(from));
    return out;
  }

  private static Value splitN(String s, String separator, int n) {
    List<String> all = split(s, separator, -1);
    int size = all.size();
    return Args.arrayOf(
        n >= 0
            ? all.subList(0, Math.min(n, size))
            : all.subList((int) Math.max(0, size + (long) n), size));
  }

  private static Value substring(Value s, Value from, Value length) {
    String text = Args.string(s, 1);
    int start = Args.small(from, 2);
    int n = Args.small(length, 3);
    int points = text.codePointCount(0, text.length());
    if (start < 0) {
      throw BuiltinException.failed("negative offset");
    }
    if (start > points) {
      return RegoString.EMPTY;
    }
    int end = n < 0 ? points : (int) Math.min(points, (long) start + n);
    int a = text.offsetByCodePoints(0, start);
    return RegoString.of(text.substring(a, text.offsetByCodePoints(a, end - start)));
  }

  private static String trim(String s, String cut, boolean left, boolean right) {
    int a = 0;
    int b = s.length();
    while (left && a < b && cut.indexOf(s.codePointAt(a)) >= 0) {
      a += Character.charCount(s.codePointAt(a));
    }
    while (right && b > a && cut.indexOf(s.codePointBefore(b)) >= 0) {
      b -= Character.charCount(s.codePointBefore(b));
    }
    return s.substring(a, b);
  }

  /** Without the white space of Unicode, as Go defines it, at both ends. */
  static String trimSpace(String s) {
    return trim(
        s,
        "\t\n\u000b\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
            + "\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
        true,
        true);
  }

  private static String reverse(String s) {
    StringBuilder out = new StringBuilder(s.length());
    for (int i = s.length(); i > 0; ) {
      int p = s.codePointBefore(i);
      out.appendCodePoint(p);
      i -= Character.charCount(p);
    }
    return out.toString();
  }

  private static Value count(String s, String x) {
    if (x.isEmpty()) {
      return RegoNumber.of(s.codePointCount(0, s.length()) + 1L);
    }
    int n = 0;
    for (int i = s.indexOf(x); i >= 0; i = s.indexOf(x, i + x.length())) {
      n++;
    }
    return RegoNumber.of(n);
  }

  private static boolean any(Value s, Value x, boolean prefix) {
    List<String> texts = oneOrMore(s, 1);
    List<String> parts = oneOrMore(x, 2);
    for (String t : texts) {
      for (String p : parts) {
        if (prefix ? t.startsWith(p) : t.endsWith(p)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> oneOrMore(Value v, int n) {
    if (v instanceof RegoString s) {
      return List.of(s.value());
    }
    if (!(v instanceof RegoArray || v instanceof RegoSet)) {
      throw Args.wrong(n, v, "string", "set", "array");
    }
    return Args.strings(v, n);
  }

  private static Value render(CallContext c, Value[] a) {
    Sizes.charge(c, a[1]);
    try {
      // As JSON, so that sets are lists and keys are strings.
      Value values = Json.parse(Json.write(Args.object(a[1], 2)));
      return RegoString.of(
          Template.render(c, Sprintf::format, Args.string(a[0], 1), (RegoObject) values));
    } catch (TemplateException e) {
      throw BuiltinException.failed(String.valueOf(e.getMessage()));
    }
  }
}
