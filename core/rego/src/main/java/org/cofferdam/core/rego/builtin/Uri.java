// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.HashMap;
import java.util.Map;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Utf8;
import org.cofferdam.core.rego.value.Value;

/** URIs, split as Go's net/url does it. */
final class Uri {
  private static final String HOST_MARKS = "!$&'()*+,;=:[]<>\"";
  private static final String PATH_MARKS = "$&+,/:;=@";

  private final String text;
  private final Map<Value, Value> out = new HashMap<>();

  private Uri(String text) {
    this.text = text;
  }

  static void register(Registry r) {
    r.one("uri.parse", s -> new Uri(Args.string(s, 1)).parse());
    r.one("uri.is_valid", s -> RegoBoolean.of(s instanceof RegoString x && valid(x.value())));
  }

  private static boolean valid(String s) {
    try {
      new Uri(s).parse();
      return !s.isEmpty();
    } catch (BuiltinException e) {
      return false;
    }
  }

  private BuiltinException fail(String why) {
    return BuiltinException.failed("parse \"" + text + "\": " + why);
  }

  private void put(String key, String v) {
    if (!v.isEmpty()) {
      out.put(RegoString.of(key), RegoString.of(v));
    }
  }

  private Value parse() {
    if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw fail("net/url: invalid control character in URL");
    }
    int hash = text.indexOf('#');
    String rest = hash < 0 ? text : text.substring(0, hash);
    put("fragment", hash < 0 ? "" : unescape(text.substring(hash + 1)));
    int colon = scheme(rest);
    if (colon >= 0) {
      put("scheme", CaseMap.lower(rest.substring(0, colon)));
      rest = rest.substring(colon + 1);
    }
    int question = rest.indexOf('?');
    if (question >= 0) {
      put("raw_query", rest.substring(question + 1));
      rest = rest.substring(0, question);
    }
    if (!rest.startsWith("/")) {
      if (colon >= 0) {
        // An opaque part, as in mailto:, has neither host nor path.
        return RegoObject.of(out);
      }
      int slash = rest.indexOf('/');
      if ((slash < 0 ? rest : rest.substring(0, slash)).indexOf(':') >= 0) {
        throw fail("first path segment in URL cannot contain colon");
      }
    }
    if (rest.startsWith("//") && (colon >= 0 || !rest.startsWith("///"))) {
      int slash = rest.indexOf('/', 2);
      authority(slash < 0 ? rest.substring(2) : rest.substring(2, slash));
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    path(rest);
    return RegoObject.of(out);
  }

  private int scheme(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (c == ':') {
        if (i == 0) {
          throw fail("missing protocol scheme");
        }
        return i;
      }
      boolean inside = i > 0 && ((c >= '0' && c <= '9') || "+-.".indexOf(c) >= 0);
      if (!letter && !inside) {
        return -1;
      }
    }
    return -1;
  }

  private void authority(String authority) {
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String user = authority.substring(0, at);
      boolean good =
          user.chars()
              .allMatch(
                  c ->
                      (Character.isLetterOrDigit(c) && c < 128)
                          || "-._:~!$&'()*+,;=%@".indexOf(c) >= 0);
      if (!good) {
        throw fail("net/url: invalid userinfo");
      }
      unescape(user);
    }
    String host = authority.substring(at + 1);
    String name = host;
    String port = "";
    if (host.startsWith("[")) {
      int close = host.lastIndexOf(']');
      if (close < 0) {
        throw fail("missing ']' in host");
      }
      port = host.substring(close + 1);
      name = host.substring(1, close);
    } else if (host.lastIndexOf(':') >= 0) {
      port = host.substring(host.lastIndexOf(':'));
      name = host.substring(0, host.lastIndexOf(':'));
    }
    if (!port.isEmpty() && !port.matches(":[0-9]*")) {
      throw fail("invalid port \"" + port + "\" after host");
    }
    put("hostname", host(name));
    put("port", port.isEmpty() ? "" : port.substring(1));
  }

  private String host(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '%') {
        String hex = i + 3 <= s.length() ? s.substring(i, i + 3) : s.substring(i);
        // In a host only bytes beyond ASCII may be escaped, and % itself.
        if (!hex.matches("%[89a-fA-F][0-9a-fA-F]|%25")) {
          throw fail("invalid URL escape \"" + hex + "\"");
        }
      } else if (c < 0x80
          && !Character.isLetterOrDigit(c)
          && "-_.~".indexOf(c) < 0
          && HOST_MARKS.indexOf(c) < 0) {
        throw fail("invalid character \"" + c + "\" in host name");
      }
    }
    return unescape(s);
  }

  private String unescape(String s) {
    try {
      // A plus sign is itself outside of queries.
      return UrlQuery.decode(s.replace("+", "%2B"));
    } catch (BuiltinException e) {
      throw fail(String.valueOf(e.getMessage()));
    }
  }

  private void path(String raw) {
    String path = unescape(raw);
    put("path", path);
    put("raw_path", escaped(path).equals(raw) || !raw.contains("%") ? path : raw);
  }

  private static String escaped(String path) {
    StringBuilder out = new StringBuilder();
    for (byte b : Utf8.encode(path)) {
      int c = b & 0xff;
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-_.~".indexOf(c) >= 0
              || PATH_MARKS.indexOf(c) >= 0;
      out.append(plain ? Character.toString(c) : String.format("%%%02X", c));
    }
    return out.toString();
  }
}
