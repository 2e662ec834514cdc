// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoString;
import org.jspecify.annotations.Nullable;

/** Semantic versions (semver.org 2.0.0). */
final class Semver {
  private static final int MAX_LENGTH = 1000;
  private static final Pattern FORM =
      Pattern.compile(
          "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*))*+))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*+)?");

  private Semver() {}

  static void register(Registry r) {
    r.one(
        "semver.is_valid",
        v -> RegoBoolean.of(v instanceof RegoString s && match(s.value()) != null));
    r.two(
        "semver.compare",
        (a, b) ->
            RegoNumber.of(compare(version(Args.string(a, 1), 1), version(Args.string(b, 2), 2))));
  }

  private static @Nullable Matcher match(String s) {
    Matcher m = s.length() > MAX_LENGTH ? null : FORM.matcher(s);
    return m != null && m.matches() ? m : null;
  }

  private static Matcher version(String s, int n) {
    Matcher m = match(s);
    if (m == null) {
      throw BuiltinException.failed(
          "operand " + n + ": string \"" + s + "\" is not a valid SemVer");
    }
    return m;
  }

  private static int compare(Matcher a, Matcher b) {
    for (int i = 1; i <= 3; i++) {
      int c = new BigInteger(a.group(i)).compareTo(new BigInteger(b.group(i)));
      if (c != 0) {
        return c;
      }
    }
    return preRelease(a.group(4), b.group(4));
  }

  private static int preRelease(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == null ? b == null ? 0 : 1 : -1;
    }
    String[] x = a.split("\\.", -1);
    String[] y = b.split("\\.", -1);
    for (int i = 0; i < Math.min(x.length, y.length); i++) {
      boolean nx = x[i].matches("\\d+");
      boolean ny = y[i].matches("\\d+");
      int c =
          nx && ny
              ? new BigInteger(x[i]).compareTo(new BigInteger(y[i]))
              : nx != ny ? (nx ? -1 : 1) : Integer.signum(x[i].compareTo(y[i]));
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(x.length, y.length);
  }
}
