// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Utf8;
import org.cofferdam.core.rego.value.Value;

/** base64, hex and URL query texts. */
final class Encoding {
  private Encoding() {}

  static void register(Registry r) {
    r.one("base64.encode", s -> text(Base64.getEncoder().encodeToString(bytes(s))));
    r.one("base64.decode", s -> RegoString.of(Utf8.decode(base64(Args.string(s, 1)))));
    r.one("base64.is_valid", s -> RegoBoolean.of(valid(Args.string(s, 1))));
    r.one("base64url.encode", s -> text(Base64.getUrlEncoder().encodeToString(bytes(s))));
    r.one(
        "base64url.encode_no_pad",
        s -> text(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(s))));
    r.one("base64url.decode", s -> RegoString.of(Utf8.decode(base64Url(Args.string(s, 1)))));
    r.one("hex.encode", s -> text(HexFormat.of().formatHex(bytes(s))));
    r.one("hex.decode", s -> RegoString.of(Utf8.decode(hex(Args.string(s, 1)))));
    r.one("urlquery.encode", s -> text(UrlQuery.encode(Args.string(s, 1))));
    r.one("urlquery.decode", s -> text(UrlQuery.decode(Args.string(s, 1))));
    r.one("urlquery.encode_object", Encoding::encodeObject);
    r.one("urlquery.decode_object", s -> decodeObject(Args.string(s, 1)));
  }

  private static RegoString text(String s) {
    return RegoString.of(s);
  }

  static byte[] bytes(Value v) {
    return Utf8.encode(Args.string(v, 1));
  }

  private static boolean valid(String s) {
    try {
      base64(s);
      return true;
    } catch (BuiltinException e) {
      return false;
    }
  }

  static byte[] base64(String given) {
    String s = given.replace("\r", "").replace("\n", "");
    try {
      if (s.length() % 4 != 0) {
        throw BuiltinException.failed("illegal base64 data");
      }
      return Base64.getDecoder().decode(s);
    } catch (IllegalArgumentException e) {
      throw BuiltinException.failed("illegal base64 data");
    }
  }

  static byte[] base64Url(String given) {
    String s = given.replace("\r", "").replace("\n", "");
    try {
      return Base64.getUrlDecoder().decode(s);
    } catch (IllegalArgumentException e) {
      throw BuiltinException.failed("illegal base64 data");
    }
  }

  private static byte[] hex(String s) {
    try {
      return HexFormat.of().parseHex(s);
    } catch (IllegalArgumentException e) {
      int bad =
          s.codePoints().filter(c -> c > 127 || Character.digit(c, 16) < 0).findFirst().orElse(-1);
      throw BuiltinException.failed(
          bad < 0
              ? "encoding/hex: odd length hex string"
              : String.format(
                  "encoding/hex: invalid byte: U+%04X '%s'", bad, Character.toString(bad)));
    }
  }

  private static Value encodeObject(Value v) {
    RegoObject o = Args.object(v, 1);
    TreeMap<String, List<String>> map = new TreeMap<>(RegoString::compare);
    for (int i = 0; i < o.size(); i++) {
      if (!(o.keyAt(i) instanceof RegoString k)) {
        throw BuiltinException.type("operand 1 must be object with string keys");
      }
      Value x = o.valueAt(i);
      if (x instanceof RegoString s) {
        map.put(k.value(), List.of(s.value()));
      } else if (x instanceof RegoArray || x instanceof RegoSet) {
        map.put(k.value(), Args.strings(x, 1));
      } else {
        throw Args.wrong(1, x, "string", "array", "set");
      }
    }
    List<String> parts = new ArrayList<>();
    map.forEach(
        (k, all) -> all.forEach(x -> parts.add(UrlQuery.encode(k) + "=" + UrlQuery.encode(x))));
    return text(String.join("&", parts));
  }

  private static Value decodeObject(String s) {
    Map<String, List<String>> map = new TreeMap<>();
    for (String pair : s.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (pair.indexOf(';') >= 0) {
        throw BuiltinException.failed("invalid semicolon separator in query");
      }
      int eq = pair.indexOf('=');
      String k = UrlQuery.decode(eq < 0 ? pair : pair.substring(0, eq));
      map.computeIfAbsent(k, x -> new ArrayList<>())
          .add(eq < 0 ? "" : UrlQuery.decode(pair.substring(eq + 1)));
    }
    Map<Value, Value> out = new HashMap<>();
    map.forEach((k, all) -> out.put(text(k), Args.arrayOf(all)));
    return RegoObject.of(out);
  }
}
