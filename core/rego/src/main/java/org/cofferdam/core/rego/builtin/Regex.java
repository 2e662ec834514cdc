// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/** Regular expressions in RE2's syntax, matched in linear time. */
final class Regex {
  private static final int MAX_PATTERN = 20_000;

  private final Cache<Pattern> patterns = new Cache<>();

  private Regex() {}

  static void register(Registry r) {
    Regex x = new Regex();
    r.add("regex.match", 2, x::match);
    r.add("re_match", 2, x::match);
    r.one("regex.is_valid", p -> RegoBoolean.of(p instanceof RegoString s && x.valid(s.value())));
    r.add("regex.split", 2, (c, a) -> x.split(c, Args.string(a[0], 1), Args.string(a[1], 2)));
    r.add("regex.find_n", 3, x::findN);
    r.add("regex.find_all_string_submatch_n", 3, x::submatches);
    r.add("regex.replace", 3, x::replace);
    r.add("regex.template_match", 4, x::template);
    r.two(
        "regex.globs_match",
        (a, b) -> RegoBoolean.of(GlobIntersection.nonEmpty(Args.string(a, 1), Args.string(b, 2))));
  }

  private boolean valid(String p) {
    try {
      pattern(p);
      return true;
    } catch (BuiltinException e) {
      return false;
    }
  }

  private Pattern pattern(String text) {
    if (text.length() > MAX_PATTERN) {
      throw BuiltinException.failed("pattern longer than " + MAX_PATTERN);
    }
    return patterns.get(
        text,
        t -> {
          try {
            return Pattern.compile(t);
          } catch (PatternSyntaxException e) {
            throw BuiltinException.failed(
                "error parsing regexp: " + e.getDescription() + ": `" + e.getPattern() + "`");
          } catch (StackOverflowError e) {
            throw BuiltinException.failed("error parsing regexp: nested too deep");
          }
        });
  }

  private Matcher matcher(CallContext c, Value pattern, Value text) {
    String p = Args.string(pattern, 1);
    String s = Args.string(text, 2);
    c.work(s.length() + 1L);
    return pattern(p).matcher(s);
  }

  /**
   * The next match after one that ended at {@code last} (-1 for none): as in Go, an empty match
   * right behind another does not count.
   */
  private static boolean next(Matcher m, int last) {
    while (m.find()) {
      if (m.start() != m.end() || m.start() != last) {
        return true;
      }
    }
    return false;
  }

  private Value match(CallContext c, Value[] a) {
    return RegoBoolean.of(matcher(c, a[0], a[1]).find());
  }

  private Value split(CallContext c, String p, String s) {
    if (s.isEmpty()) {
      return RegoArray.of(RegoString.EMPTY);
    }
    c.work(s.length());
    Matcher m = pattern(p).matcher(s);
    List<String> out = new ArrayList<>();
    int from = 0;
    int end = 0;
    int last = -1;
    while (next(m, last)) {
      last = m.end();
      end = m.start();
      if (m.end() != 0) {
        out.add(s.substring(from, end));
      }
      from = m.end();
    }
    if (end != s.length() || from != end) {
      out.add(s.substring(from));
    }
    return Args.arrayOf(out);
  }

  private Value findN(CallContext c, Value[] a) {
    int n = Args.small(a[2], 3);
    Matcher m = matcher(c, a[0], a[1]);
    List<String> out = new ArrayList<>();
    int last = -1;
    while ((n < 0 || out.size() < n) && next(m, last)) {
      last = m.end();
      out.add(m.group());
    }
    return Args.arrayOf(out);
  }

  private Value submatches(CallContext c, Value[] a) {
    int n = Args.small(a[2], 3);
    Matcher m = matcher(c, a[0], a[1]);
    List<Value> out = new ArrayList<>();
    int last = -1;
    while ((n < 0 || out.size() < n) && next(m, last)) {
      last = m.end();
      List<String> groups = new ArrayList<>();
      for (int i = 0; i <= m.groupCount(); i++) {
        String g = m.group(i);
        groups.add(g == null ? "" : g);
      }
      c.charge(groups.size());
      out.add(Args.arrayOf(groups));
    }
    return RegoArray.of(out);
  }

  private Value replace(CallContext c, Value[] a) {
    String s = Args.string(a[0], 1);
    String p = Args.string(a[1], 2);
    String by = Args.string(a[2], 3);
    c.work(s.length() + 1L);
    Matcher m = pattern(p).matcher(s);
    StringBuilder out = new StringBuilder();
    int from = 0;
    int last = -1;
    while (next(m, last)) {
      last = m.end();
      out.append(s, from, m.start());
      int before = out.length();
      Expansion.expand(by, m, out);
      c.charge(out.length() - before);
      from = m.end();
    }
    return RegoString.of(out.append(s, from, s.length()).toString());
  }

  private Value template(CallContext c, Value[] a) {
    String template = Args.string(a[0], 1);
    String s = Args.string(a[1], 2);
    String start = Args.string(a[2], 3);
    String end = Args.string(a[3], 4);
    if (start.length() != 1 || end.length() != 1) {
      throw BuiltinException.failed("delimiters must be one character");
    }
    c.work(s.length() + 1L);
    StringBuilder p = new StringBuilder("^");
    int from = 0;
    int level = 0;
    int open = 0;
    for (int i = 0; i < template.length(); i++) {
      if (template.charAt(i) == start.charAt(0)) {
        if (level++ == 0) {
          open = i;
        }
      } else if (template.charAt(i) == end.charAt(0)) {
        if (--level < 0) {
          throw unbalanced(template);
        }
        if (level == 0) {
          p.append(Pattern.quote(template.substring(from, open)));
          p.append('(').append(template, open + 1, i).append(')');
          from = i + 1;
        }
      }
    }
    if (level != 0) {
      throw unbalanced(template);
    }
    p.append(Pattern.quote(template.substring(from))).append('$');
    return RegoBoolean.of(pattern(p.toString()).matcher(s).find());
  }

  private static BuiltinException unbalanced(String template) {
    return BuiltinException.failed("unbalanced braces in \"" + template + "\"");
  }
}
