// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/** Times are nanoseconds since the epoch, alone or with a time zone and a layout. */
final class Times {
  private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

  private Times() {}

  static void register(Registry r) {
    r.add("time.now_ns", 0, (c, a) -> nanos(c.now()));
    r.one(
        "time.parse_rfc3339_ns",
        s -> nanos(GoLayout.parse(GoLayout.named("RFC3339"), Args.string(s, 1))));
    r.two(
        "time.parse_ns",
        (l, s) -> nanos(GoLayout.parse(GoLayout.named(Args.string(l, 1)), Args.string(s, 2))));
    r.one("time.parse_duration_ns", s -> RegoNumber.of(Durations.parse(Args.string(s, 1))));
    r.one("time.format", Times::format);
    r.one(
        "time.date",
        v -> {
          ZonedDateTime t = time(v);
          return numbers(t.getYear(), t.getMonthValue(), t.getDayOfMonth());
        });
    r.one(
        "time.clock",
        v -> {
          ZonedDateTime t = time(v);
          return numbers(t.getHour(), t.getMinute(), t.getSecond());
        });
    r.one(
        "time.weekday",
        v -> RegoString.of(time(v).getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
    r.add(
        "time.add_date",
        4,
        (c, a) ->
            addDate(time(a[0]), Args.small(a[1], 2), Args.small(a[2], 3), Args.small(a[3], 4)));
    r.two("time.diff", (a, b) -> difference(time(a), time(b)));
  }

  private static Value numbers(long... ns) {
    Value[] out = new Value[ns.length];
    for (int i = 0; i < ns.length; i++) {
      out[i] = RegoNumber.of(ns[i]);
    }
    return RegoArray.of(out);
  }

  private static Value nanos(Instant t) {
    BigInteger n =
        BigInteger.valueOf(t.getEpochSecond())
            .multiply(BILLION)
            .add(BigInteger.valueOf(t.getNano()));
    if (n.bitLength() > 63) {
      throw BuiltinException.failed("time outside of valid range");
    }
    return RegoNumber.of(n);
  }

  private static BuiltinException wrong(Value v) {
    return Args.wrong(1, v, "either number (ns) or [number (ns), string (tz)]");
  }

  private static ZonedDateTime time(Value v) {
    ZoneId zone = ZoneOffset.UTC;
    Value n = v;
    if (v instanceof RegoArray a) {
      if (a.size() == 0) {
        throw wrong(v);
      }
      n = a.valueAt(0);
      if (a.size() > 1) {
        zone = zone(Args.string(a.valueAt(1), 1));
      }
    } else if (!(v instanceof RegoNumber)) {
      throw wrong(v);
    }
    RegoNumber ns = Args.number(n, 1);
    if (!ns.isLong()) {
      throw BuiltinException.failed("timestamp too big");
    }
    return Instant.EPOCH.plusNanos(ns.longValue()).atZone(zone);
  }

  private static ZoneId zone(String name) {
    try {
      // There is no local zone: an evaluation must not depend on where it runs.
      return name.isEmpty() || name.equals("UTC") || name.equals("Local")
          ? ZoneOffset.UTC
          : ZoneId.of(name);
    } catch (DateTimeException e) {
      throw BuiltinException.failed("unknown time zone " + name);
    }
  }

  private static Value format(Value v) {
    String layout = "RFC3339Nano";
    if (v instanceof RegoArray a && a.size() > 2) {
      String given = Args.string(a.valueAt(2), 1);
      layout = given.isEmpty() ? layout : given;
    }
    return RegoString.of(GoLayout.format(GoLayout.named(layout), time(v)));
  }

  private static Value addDate(ZonedDateTime t, int years, int months, int days) {
    try {
      // Months and days beyond the calendar carry over, as in Go: 31 January plus a month is 3
      // March.
      long month = (long) t.getYear() * 12 + t.getMonthValue() - 1 + (long) years * 12 + months;
      YearMonth ym = YearMonth.of((int) Math.floorDiv(month, 12), Math.floorMod(month, 12) + 1);
      return nanos(
          ym.atDay(1)
              .atTime(t.toLocalTime())
              .plusDays(t.getDayOfMonth() - 1L + days)
              .atZone(t.getZone())
              .toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      throw BuiltinException.failed("time outside of valid range");
    }
  }

  private static Value difference(ZonedDateTime a, ZonedDateTime given) {
    ZonedDateTime b = given.withZoneSameInstant(a.getZone());
    ZonedDateTime x = a.toInstant().isAfter(b.toInstant()) ? b : a;
    ZonedDateTime y = x.equals(a) ? b : a;
    long[] d = {
      y.getYear() - x.getYear(),
      y.getMonthValue() - x.getMonthValue(),
      y.getDayOfMonth() - x.getDayOfMonth(),
      y.getHour() - x.getHour(),
      y.getMinute() - x.getMinute(),
      y.getSecond() - x.getSecond()
    };
    long[] size = {0, 12, YearMonth.from(x).lengthOfMonth(), 24, 60, 60};
    for (int i = 5; i > 0; i--) {
      if (d[i] < 0) {
        d[i] += size[i];
        d[i - 1]--;
      }
    }
    return numbers(d);
  }
}
