// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/**
 * Glob patterns: {@code *} within delimiters, {@code **} over them, {@code ?}, classes, choices.
 */
final class Glob {
  private final Cache<Pattern> patterns = new Cache<>();

  private Glob() {}

  static void register(Registry r) {
    Glob g = new Glob();
    r.three("glob.match", g::match);
    r.one("glob.quote_meta", s -> RegoString.of(quote(Args.string(s, 1))));
  }

  private static String quote(String s) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      out.append("*?\\[]{}".indexOf(c) >= 0 ? "\\" : "").append(c);
    }
    return out.toString();
  }

  private Value match(Value pattern, Value delimiters, Value text) {
    String p = Args.string(pattern, 1);
    String separators;
    if (delimiters instanceof RegoNull) {
      separators = "";
    } else if (delimiters instanceof RegoArray a) {
      List<String> all = Args.strings(a, 2);
      for (String d : all) {
        if (d.codePointCount(0, d.length()) != 1) {
          throw BuiltinException.type(
              "operand 2 must be array of runes but got array containing string");
        }
      }
      separators = all.isEmpty() ? "." : String.join("", all);
    } else {
      throw Args.wrong(2, delimiters, "array", "null");
    }
    String s = Args.string(text, 3);
    Pattern compiled = patterns.get(separators + "\u0000" + p, k -> compile(p, separators));
    return RegoBoolean.of(compiled.matcher(s).matches());
  }

  private static Pattern compile(String p, String separators) {
    try {
      return Pattern.compile("(?s)" + new Translation(p, separators).regex());
    } catch (PatternSyntaxException e) {
      throw BuiltinException.failed("invalid glob pattern");
    }
  }

  private static final int MAX_DEPTH = 100;

  /** A glob as a regular expression. */
  private static final class Translation {
    private final String p;
    private final String single;
    private int at;
    private int depth;

    Translation(String p, String separators) {
      this.p = p;
      this.single = separators.isEmpty() ? "." : "[^" + escapeClass(separators) + "]";
    }

    private static String escapeClass(String s) {
      StringBuilder out = new StringBuilder();
      s.codePoints().forEach(c -> out.append("\\x{").append(Integer.toHexString(c)).append('}'));
      return out.toString();
    }

    String regex() {
      String r = sequence(false);
      if (at < p.length()) {
        throw BuiltinException.failed("invalid glob pattern");
      }
      return r;
    }

    private String sequence(boolean choice) {
      StringBuilder out = new StringBuilder();
      while (at < p.length()) {
        char c = p.charAt(at);
        if (choice && (c == ',' || c == '}')) {
          break;
        }
        at++;
        switch (c) {
          case '*' -> {
            boolean all = false;
            while (at < p.length() && p.charAt(at) == '*') {
              all = true;
              at++;
            }
            out.append(all ? ".*" : single + "*");
          }
          case '?' -> out.append(single);
          case '[' -> out.append(range());
          case '{' -> out.append(choices());
          case '\\' -> {
            if (at < p.length()) {
              int point = p.codePointAt(at);
              at += Character.charCount(point);
              out.append(Pattern.quote(Character.toString(point)));
            }
          }
          default -> {
            int point = p.codePointAt(at - 1);
            at += Character.charCount(point) - 1;
            out.append(Pattern.quote(Character.toString(point)));
          }
        }
      }
      return out.toString();
    }

    private String choices() {
      if (++depth > MAX_DEPTH) {
        throw BuiltinException.failed("glob pattern nested too deep");
      }
      StringBuilder out = new StringBuilder("(?:");
      while (true) {
        out.append(sequence(true));
        if (at >= p.length()) {
          throw BuiltinException.failed("unclosed brace in glob pattern");
        }
        if (p.charAt(at++) == '}') {
          depth--;
          return out.append(')').toString();
        }
        out.append('|');
      }
    }

    private String range() {
      boolean not = at < p.length() && (p.charAt(at) == '!' || p.charAt(at) == '^');
      int end = p.indexOf(']', at + (not ? 1 : 0));
      if (end < 0) {
        throw BuiltinException.failed("unclosed bracket in glob pattern");
      }
      String body = p.substring(at + (not ? 1 : 0), end);
      at = end + 1;
      if (body.isEmpty()) {
        throw BuiltinException.failed("empty bracket in glob pattern");
      }
      int[] points = body.codePoints().toArray();
      if (points.length == 3 && points[1] == '-') {
        if (points[2] < points[0]) {
          throw BuiltinException.failed("range out of order in glob pattern");
        }
        return "["
            + (not ? "^" : "")
            + escapeClass(Character.toString(points[0]))
            + "-"
            + escapeClass(Character.toString(points[2]))
            + "]";
      }
      return "[" + (not ? "^" : "") + escapeClass(body) + "]";
    }
  }
}
