// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.JsonException;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Utf8;
import org.cofferdam.core.rego.value.Value;

/** Signs JSON Web Tokens. */
final class JwtSigning {
  private JwtSigning() {}

  static Value sign(CallContext c, String header, String payload, String key) {
    RegoObject h = header(header);
    String alg = h.get("alg") instanceof RegoString s ? s.value() : "";
    if (alg.isEmpty()) {
      throw BuiltinException.failed(
          "missing or invalid 'alg' header: jwsbb: header \"alg\" not found");
    }
    if (!Signatures.known(alg)) {
      throw BuiltinException.failed("unknown JWS algorithm: " + alg);
    }
    boolean plain = h.get("typ") instanceof RegoString s && !s.value().equals("JWT");
    if (!plain && !json(payload)) {
      throw BuiltinException.failed("type is JWT but payload is not JSON");
    }
    List<Jwk> keys = Jwk.parse(key, true);
    if (keys.isEmpty()) {
      throw BuiltinException.failed("no keys found in JWK set");
    }
    String signed = encode(Utf8.encode(header)) + "." + encode(Utf8.encode(payload));
    byte[] signature = Signatures.sign(alg, keys.getFirst().key(), Utf8.encode(signed), random(c));
    return RegoString.of(signed + "." + encode(signature));
  }

  /** The evaluation's randomness: a signature made with it is only as secret as that is. */
  private static SecureRandom random(CallContext c) {
    return new RandomOf(c);
  }

  private static RegoObject header(String text) {
    if (text.isEmpty()) {
      throw BuiltinException.failed(
          "missing or invalid 'alg' header: cannot parse JSON: cannot parse empty string");
    }
    Value v;
    try {
      v = Json.parse(text);
    } catch (JsonException e) {
      if (!text.startsWith("{")) {
        throw BuiltinException.failed(
            "missing or invalid 'alg' header: jwsbb: header \"alg\" not found");
      }
      throw BuiltinException.failed("missing or invalid 'alg' header: cannot parse JSON: " + e);
    }
    return v instanceof RegoObject o ? o : RegoObject.EMPTY;
  }

  private static boolean json(String s) {
    try {
      Json.parse(s);
      return true;
    } catch (JsonException e) {
      return false;
    }
  }

  private static String encode(byte[] b) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(b);
  }
}
