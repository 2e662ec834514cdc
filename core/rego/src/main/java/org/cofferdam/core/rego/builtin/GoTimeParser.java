// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import org.cofferdam.core.rego.BuiltinException;

/** Reads a time that is written in a Go layout. */
final class GoTimeParser {
  private final String layout;
  private final String text;
  private int at;
  private int year = 0;
  private int month = 1;
  private int day = 1;
  private int dayOfYear = -1;
  private int hour;
  private int minute;
  private int second;
  private int nano;
  private int offset;
  private boolean pm;
  private boolean am;

  GoTimeParser(String layout, String text) {
    this.layout = layout;
    this.text = text;
  }

  Instant parse() {
    int i = 0;
    while (i < layout.length()) {
      String e = GoLayout.element(layout, i);
      if (e.isEmpty()) {
        literal(layout.charAt(i++));
      } else {
        i += e.length();
        element(e);
        // A fraction may follow the seconds even where the layout has none.
        boolean seconds = e.equals("05") || e.equals("5");
        boolean fractionNext =
            i < layout.length()
                && !GoLayout.element(layout, i).isEmpty()
                && ".,".indexOf(layout.charAt(i)) >= 0;
        if (seconds
            && !fractionNext
            && at + 1 < text.length()
            && ".,".indexOf(text.charAt(at)) >= 0
            && digit(at + 1)) {
          fraction(-1);
        }
      }
    }
    if (at < text.length()) {
      throw fail("extra text: \"" + text.substring(at) + "\"");
    }
    try {
      if (hour == 24 || hour > 24) {
        throw fail("hour out of range");
      }
      int h = pm && hour < 12 ? hour + 12 : am && hour == 12 ? 0 : hour;
      LocalDate date =
          dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
      return LocalDateTime.of(date, java.time.LocalTime.of(h, minute, second, nano))
          .toInstant(ZoneOffset.ofTotalSeconds(offset));
    } catch (DateTimeException e) {
      throw fail("out of range");
    }
  }

  private void literal(char c) {
    if (c == ' ') {
      if (at < text.length() && text.charAt(at) != ' ') {
        throw mismatch("");
      }
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      return;
    }
    if (at >= text.length() || text.charAt(at) != c) {
      throw mismatch(String.valueOf(c));
    }
    at++;
  }

  private void element(String e) {
    switch (e) {
      case "January", "Jan" -> month = name(e.length() == 3, 12);
      case "Monday", "Mon" -> name(e.length() == 3, 7);
      case "2006" -> year = number(4, 4);
      case "06" -> {
        int n = number(2, 2);
        year = n >= 69 ? 1900 + n : 2000 + n;
      }
      case "01" -> month = number(2, 2);
      case "1" -> month = number(1, 2);
      case "02" -> day = number(2, 2);
      case "2" -> day = number(1, 2);
      case "_2" -> {
        at += at < text.length() && text.charAt(at) == ' ' ? 1 : 0;
        day = number(1, 2);
      }
      case "002" -> dayOfYear = number(3, 3);
      case "__2" -> {
        while (at < text.length() && text.charAt(at) == ' ') {
          at++;
        }
        dayOfYear = number(1, 3);
      }
      case "15" -> hour = number(2, 2);
      case "03" -> hour = number(2, 2);
      case "3" -> hour = number(1, 2);
      case "04" -> minute = number(2, 2);
      case "4" -> minute = number(1, 2);
      case "05" -> second = number(2, 2);
      case "5" -> second = number(1, 2);
      case "PM", "pm" -> half(e);
      case "MST" -> zoneName();
      default -> {
        if (e.charAt(0) == '.' || e.charAt(0) == ',') {
          if (e.charAt(1) == '0') {
            fraction(e.length() - 1);
          } else if (at < text.length() && ".,".indexOf(text.charAt(at)) >= 0 && digit(at + 1)) {
            fraction(-1);
          }
        } else {
          zone(e);
        }
      }
    }
  }

  private void half(String e) {
    String two = at + 2 <= text.length() ? text.substring(at, at + 2) : "";
    boolean upper = e.equals("PM");
    pm = two.equals(upper ? "PM" : "pm");
    am = two.equals(upper ? "AM" : "am");
    if (!pm && !am) {
      throw mismatch(e);
    }
    at += 2;
  }

  private int name(boolean shortForm, int count) {
    for (int i = 1; i <= count; i++) {
      TextStyle style = shortForm ? TextStyle.SHORT : TextStyle.FULL;
      String n =
          count == 12
              ? Month.of(i).getDisplayName(style, Locale.ENGLISH)
              : DayOfWeek.of(i).getDisplayName(style, Locale.ENGLISH);
      if (text.regionMatches(true, at, n, 0, n.length())) {
        at += n.length();
        return i;
      }
    }
    throw mismatch(count == 12 ? "January" : "Monday");
  }

  private void zoneName() {
    int start = at;
    while (at < text.length() && Character.isUpperCase(text.charAt(at))) {
      at++;
    }
    if (at - start < 3 || at - start > 5) {
      throw mismatch("MST");
    }
  }

  private void zone(String e) {
    if (e.charAt(0) == 'Z' && at < text.length() && text.charAt(at) == 'Z') {
      at++;
      offset = 0;
      return;
    }
    if (at >= text.length() || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
      throw mismatch(e);
    }
    int sign = text.charAt(at++) == '-' ? -1 : 1;
    int parts = e.replace(":", "").length() / 2;
    int total = number(2, 2) * 3600;
    for (int i = 1; i < parts; i++) {
      if (e.contains(":")) {
        literal(':');
      }
      total += number(2, 2) * (i == 1 ? 60 : 1);
    }
    offset = sign * total;
  }

  private void fraction(int digits) {
    if (at >= text.length() || ".,".indexOf(text.charAt(at)) < 0) {
      throw mismatch(".");
    }
    at++;
    int start = at;
    while (digit(at) && (digits < 0 || at - start < digits)) {
      at++;
    }
    if (at == start || (digits >= 0 && at - start != digits)) {
      throw mismatch(".");
    }
    String d = text.substring(start, Math.min(at, start + 9));
    nano = Integer.parseInt(d + "0".repeat(9 - d.length()));
  }

  private boolean digit(int i) {
    return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
  }

  private int number(int min, int max) {
    int start = at;
    while (digit(at) && at - start < max) {
      at++;
    }
    if (at - start < min) {
      at = start;
      throw mismatch("a number");
    }
    return Integer.parseInt(text.substring(start, at));
  }

  private BuiltinException mismatch(String what) {
    return fail(
        "cannot parse \"" + text.substring(Math.min(at, text.length())) + "\" as \"" + what + "\"");
  }

  private BuiltinException fail(String why) {
    return BuiltinException.failed("parsing time \"" + text + "\" as \"" + layout + "\": " + why);
  }
}
