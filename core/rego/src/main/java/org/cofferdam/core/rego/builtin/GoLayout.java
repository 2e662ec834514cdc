// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Go's time layouts, which show how 2 January 2006, 15:04:05 would be written. */
final class GoLayout {
  private static final Map<String, String> NAMED =
      Map.of(
          "ANSIC", "Mon Jan _2 15:04:05 2006",
          "UnixDate", "Mon Jan _2 15:04:05 MST 2006",
          "RubyDate", "Mon Jan 02 15:04:05 -0700 2006",
          "RFC822", "02 Jan 06 15:04 MST",
          "RFC822Z", "02 Jan 06 15:04 -0700",
          "RFC850", "Monday, 02-Jan-06 15:04:05 MST",
          "RFC1123", "Mon, 02 Jan 2006 15:04:05 MST",
          "RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700",
          "RFC3339", "2006-01-02T15:04:05Z07:00",
          "RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00");

  /** The longer of two that begin alike stands first. */
  private static final List<String> ELEMENTS =
      List.of(
          "January",
          "Jan",
          "Monday",
          "Mon",
          "MST",
          "2006",
          "__2",
          "_2",
          "002",
          "-07:00:00",
          "-070000",
          "-07:00",
          "-0700",
          "-07",
          "Z07:00:00",
          "Z070000",
          "Z07:00",
          "Z0700",
          "Z07",
          "01",
          "02",
          "03",
          "04",
          "05",
          "06",
          "15",
          "PM",
          "pm",
          "1",
          "2",
          "3",
          "4",
          "5");

  private GoLayout() {}

  /** The layout that a name stands for, or the name itself. */
  static String named(String layout) {
    return NAMED.getOrDefault(layout, layout);
  }

  /** The element at {@code i} of the layout, or the empty text. */
  static String element(String layout, int i) {
    char c = layout.charAt(i);
    if (c == '.' || c == ',') {
      int end = i + 1;
      while (end < layout.length() && layout.charAt(end) == layout.charAt(i + 1)) {
        end++;
      }
      boolean fraction =
          end > i + 1 && (layout.charAt(i + 1) == '0' || layout.charAt(i + 1) == '9');
      return fraction && (end == layout.length() || !Character.isDigit(layout.charAt(end)))
          ? layout.substring(i, end)
          : "";
    }
    for (String e : ELEMENTS) {
      if (layout.startsWith(e, i)) {
        boolean partOfWord =
            e.equals("Jan")
                && i + 3 < layout.length()
                && Character.isLowerCase(layout.charAt(i + 3));
        return partOfWord ? "" : e;
      }
    }
    return "";
  }

  static String format(String layout, ZonedDateTime t) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < layout.length()) {
      String e = element(layout, i);
      if (e.isEmpty()) {
        out.append(layout.charAt(i++));
      } else {
        out.append(part(e, t));
        i += e.length();
      }
    }
    return out.toString();
  }

  static Instant parse(String layout, String text) {
    return new GoTimeParser(layout, text).parse();
  }

  private static String part(String e, ZonedDateTime t) {
    int hour12 = t.getHour() % 12 == 0 ? 12 : t.getHour() % 12;
    return switch (e) {
      case "January" -> t.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "Jan" -> t.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case "Monday" -> t.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "Mon" -> t.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case "MST" -> zoneName(t);
      case "2006" -> digits(t.getYear(), 4);
      case "06" -> digits(Math.floorMod(t.getYear(), 100), 2);
      case "01" -> digits(t.getMonthValue(), 2);
      case "1" -> digits(t.getMonthValue(), 1);
      case "02" -> digits(t.getDayOfMonth(), 2);
      case "_2" -> String.format(Locale.ROOT, "%2d", t.getDayOfMonth());
      case "2" -> digits(t.getDayOfMonth(), 1);
      case "002" -> digits(t.getDayOfYear(), 3);
      case "__2" -> String.format(Locale.ROOT, "%3d", t.getDayOfYear());
      case "15" -> digits(t.getHour(), 2);
      case "03" -> digits(hour12, 2);
      case "3" -> digits(hour12, 1);
      case "04" -> digits(t.getMinute(), 2);
      case "4" -> digits(t.getMinute(), 1);
      case "05" -> digits(t.getSecond(), 2);
      case "5" -> digits(t.getSecond(), 1);
      case "PM" -> t.getHour() < 12 ? "AM" : "PM";
      case "pm" -> t.getHour() < 12 ? "am" : "pm";
      default ->
          e.charAt(0) == '.' || e.charAt(0) == ','
              ? fraction(e, t.getNano())
              : offset(e, t.getOffset().getTotalSeconds());
    };
  }

  private static String zoneName(ZonedDateTime t) {
    String name = java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(t);
    return name.equals("Z") ? "UTC" : name;
  }

  private static String digits(int n, int width) {
    String s = Integer.toString(Math.abs(n));
    return (n < 0 ? "-" : "") + "0".repeat(Math.max(0, width - s.length())) + s;
  }

  private static String fraction(String e, int nanos) {
    String all = digits(nanos, 9);
    int n = Math.min(9, e.length() - 1);
    String shown = all.substring(0, n) + "0".repeat(e.length() - 1 - n);
    if (e.charAt(1) == '9') {
      shown = shown.replaceAll("0+$", "");
      return shown.isEmpty() ? "" : e.charAt(0) + shown;
    }
    return e.charAt(0) + shown;
  }

  private static String offset(String e, int seconds) {
    if (e.charAt(0) == 'Z' && seconds == 0) {
      return "Z";
    }
    String colon = e.contains(":") ? ":" : "";
    int s = Math.abs(seconds);
    String out = (seconds < 0 ? "-" : "+") + digits(s / 3600, 2);
    int parts = e.replace(":", "").length() / 2;
    if (parts > 1) {
      out += colon + digits(s / 60 % 60, 2);
    }
    return parts > 2 ? out + colon + digits(s % 60, 2) : out;
  }
}
