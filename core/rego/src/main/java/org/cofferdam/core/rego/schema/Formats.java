// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.function.Consumer;

/** The values of {@code format} that are checked; a name that is not known is never wrong. */
final class Formats {
  private static final Pattern HOST =
      Pattern.compile(
          "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
              + "(\\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");
  private static final Pattern UUID =
      Pattern.compile("(?i)[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}");
  private static final Pattern POINTER = Pattern.compile("(/([^~/]|~0|~1)*)*");
  private static final Pattern RELATIVE_POINTER =
      Pattern.compile("(0|[1-9][0-9]*)(#|(/([^~/]|~0|~1)*)*)");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s<>]+@[^@\\s<>]+");
  private static final Pattern TEMPLATE = Pattern.compile("([^{}]*(\\{[^{}]*\\})?)*");
  private static final Pattern V4 =
      Pattern.compile(
          "((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3})");

  private Formats() {}

  static boolean fits(String format, String s) {
    return switch (format) {
      case "date" -> parses(s, LocalDate::parse);
      case "time" -> time(s);
      case "date-time" ->
          parses(s, OffsetDateTime::parse) || parses(s, LocalDate::parse) || time(s);
      case "hostname" -> s.length() < 256 && HOST.matches(s);
      case "email", "idn-email" -> EMAIL.matches(s);
      case "ipv4" -> V4.matches(s);
      case "ipv6" -> v6(s);
      case "uri", "iri" -> uri(s) && parses(s, Formats::absolute);
      case "uri-reference", "iri-reference" -> uri(s);
      case "uri-template" -> TEMPLATE.matches(s) && s.indexOf('\\') < 0;
      case "uuid" -> UUID.matches(s);
      case "regex" -> regex(s);
      case "json-pointer" -> POINTER.matches(s);
      case "relative-json-pointer" -> RELATIVE_POINTER.matches(s);
      default -> true;
    };
  }

  private static boolean parses(String s, Consumer<String> parse) {
    try {
      parse.accept(s);
      return true;
    } catch (DateTimeException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean time(String s) {
    return parses(s, OffsetTime::parse) || (s.length() >= 8 && parses(s, LocalTime::parse));
  }

  private static boolean uri(String s) {
    try {
      new URI(s);
      return true;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static void absolute(String s) {
    if (!URI.create(s).isAbsolute()) {
      throw new IllegalArgumentException(s);
    }
  }

  private static boolean regex(String s) {
    try {
      Pattern.compile(s);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /** RFC 4291 section 2.2: eight groups, one gap, an IPv4 address at the end. */
  private static boolean v6(String s) {
    int gap = s.indexOf("::");
    if (gap >= 0 && s.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    if (gap < 0) {
      return groups(s, true) == 8;
    }
    int before = gap == 0 ? 0 : groups(s.substring(0, gap), false);
    int after = gap + 2 == s.length() ? 0 : groups(s.substring(gap + 2), true);
    return before >= 0 && after >= 0 && before + after < 8;
  }

  /** Number of groups of 16 bits, or -100 where there is anything else. */
  private static int groups(String s, boolean end) {
    String[] parts = s.split(":", -1);
    int n = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        n++;
      } else if (end && i == parts.length - 1 && V4.matches(parts[i])) {
        n += 2;
      } else {
        return -100;
      }
    }
    return n;
  }
}
