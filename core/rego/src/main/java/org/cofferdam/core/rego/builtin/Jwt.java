// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.JsonException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Utf8;
import org.cofferdam.core.rego.value.Value;

/** JSON Web Tokens: decoding, and verification with one algorithm. */
final class Jwt {
  private Jwt() {}

  static void register(Registry r) {
    r.add("io.jwt.decode", 1, Jwt::decode);
    for (String alg :
        new String[] {
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"
        }) {
      r.add("io.jwt.verify_" + CaseMap.lower(alg), 2, (c, a) -> verify(alg, a));
    }
    r.add("io.jwt.verify_eddsa", 2, (c, a) -> verify("EdDSA", a));
    for (String alg : new String[] {"HS256", "HS384", "HS512"}) {
      r.add("io.jwt.verify_" + CaseMap.lower(alg), 2, (c, a) -> verifySecret(alg, a));
    }
    r.add("io.jwt.decode_verify", 2, JwtConstraints::verify);
    r.add(
        "io.jwt.encode_sign_raw",
        3,
        (c, a) ->
            JwtSigning.sign(c, Args.string(a[0], 1), Args.string(a[1], 2), Args.string(a[2], 3)));
    r.add(
        "io.jwt.encode_sign",
        3,
        (c, a) ->
            JwtSigning.sign(
                c,
                Json.write(Args.object(a[0], 1)),
                Json.write(Args.object(a[1], 2)),
                Json.write(Args.object(a[2], 3))));
  }

  /** The three parts of a token, still encoded. */
  record Token(String header, String payload, String signature) {
    static Token parse(String s) {
      String[] parts = s.split("\\.", -1);
      if (parts.length == 1) {
        throw BuiltinException.failed("encoded JWT had no period separators");
      }
      if (parts.length != 3) {
        throw BuiltinException.failed("encoded JWT must have 3 sections, found " + parts.length);
      }
      return new Token(parts[0], parts[1], parts[2]);
    }

    byte[] signed() {
      return Utf8.encode(header + "." + payload);
    }

    byte[] signatureBytes() {
      return bytes(signature, "JWT signature had invalid encoding: ");
    }

    String payloadText() {
      return Utf8.decode(bytes(payload, "JWT payload had invalid encoding: "));
    }

    RegoObject headerObject() {
      RegoObject h =
          object(
              Utf8.decode(bytes(header, "JWT header had invalid encoding: ")), "bad JWT header: ");
      if (h.get("enc") != null) {
        throw BuiltinException.failed("JWT is a JWE object, which is not supported");
      }
      return h;
    }
  }

  private static byte[] bytes(String s, String what) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (!(c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '='))) {
        throw BuiltinException.failed(what + "illegal base64 data at input byte " + i);
      }
    }
    try {
      return Base64.getUrlDecoder().decode(s);
    } catch (IllegalArgumentException e) {
      throw BuiltinException.failed(what + "illegal base64 data at input byte " + s.length());
    }
  }

  static RegoObject object(String text, String what) {
    try {
      if (Json.parse(text) instanceof RegoObject o) {
        return o;
      }
    } catch (JsonException e) {
      throw BuiltinException.failed(what + "invalid JSON: " + e);
    }
    throw BuiltinException.failed(what + "decoded JSON type was not an Object");
  }

  static String string(RegoObject o, String key) {
    Value v = o.get(key);
    if (v != null && !(v instanceof RegoString)) {
      throw BuiltinException.failed(key + ": must be a string");
    }
    return v instanceof RegoString s ? s.value() : "";
  }

  /** What a nested token's payload says, without the quotes around it. */
  static String inner(String payload) {
    return payload.replaceAll("^[\"']+|[\"']+$", "");
  }

  private static Value decode(CallContext c, Value[] a) {
    Token t = Token.parse(Args.string(a[0], 1));
    RegoObject header = t.headerObject();
    String payload = t.payloadText();
    if (string(header, "cty").equals("JWT")) {
      c.work(payload.length());
      return decode(c, new Value[] {RegoString.of(inner(payload))});
    }
    RegoObject body = object(payload, "");
    return RegoArray.of(header, body, RegoString.of(HexFormat.of().formatHex(t.signatureBytes())));
  }

  private static Value verifySecret(String alg, Value[] a) {
    Token t = Token.parse(Args.string(a[0], 1));
    byte[] key = Utf8.encode(Args.string(a[1], 2));
    byte[] mac = Hashes.mac("HmacSHA" + alg.substring(2), t.signed(), key);
    return RegoBoolean.of(java.security.MessageDigest.isEqual(mac, t.signatureBytes()));
  }

  private static Value verify(String alg, Value[] a) {
    Token t = Token.parse(Args.string(a[0], 1));
    List<Jwk> keys = Jwk.verifying(Args.string(a[1], 2));
    byte[] signature = t.signatureBytes();
    RegoObject header = t.headerObject();
    return RegoBoolean.of(
        any(keys, string(header, "kid"), string(header, "alg"), alg, t.signed(), signature));
  }

  /** True where the key of that name, or any key for the header's algorithm, verifies. */
  static boolean any(
      List<Jwk> keys, String kid, String headerAlg, String alg, byte[] message, byte[] signature) {
    for (Jwk k : keys) {
      if (!kid.isEmpty() && k.kid().equals(kid)) {
        return Signatures.verify(alg, k.key(), message, signature);
      }
    }
    for (Jwk k : keys) {
      if ((k.alg().isEmpty() || k.alg().equals(headerAlg))
          && Signatures.verify(alg, k.key(), message, signature)) {
        return true;
      }
    }
    return false;
  }
}
