// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Utf8;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** {@code io.jwt.decode_verify}: a signature, and claims that must hold. */
final class JwtConstraints {
  private static final Set<String> NAMES = Set.of("cert", "secret", "alg", "iss", "aud", "time");
  private static final Set<String> UNDERSTOOD = Set.of("alg", "kid", "typ", "cty", "crit");
  private static final int MAX_NESTING = 10;

  private final RegoObject given;
  private final List<Jwk> keys;
  private final BigDecimal seconds;

  private JwtConstraints(CallContext c, RegoObject given) {
    this.given = given;
    for (int i = 0; i < given.size(); i++) {
      String name = given.keyAt(i) instanceof RegoString s ? s.value() : "";
      if (!NAMES.contains(name)) {
        throw BuiltinException.failed("unknown token validation constraint: " + given.keyAt(i));
      }
      if (!name.equals("time") && !(given.valueAt(i) instanceof RegoString)) {
        throw BuiltinException.failed(name + " constraint: must be a string");
      }
    }
    boolean cert = given.get("cert") != null;
    String secret = text("secret");
    if (cert && !secret.isEmpty()) {
      throw BuiltinException.failed("duplicate key constraints");
    }
    if (!cert && secret.isEmpty()) {
      throw BuiltinException.failed("no key constraint");
    }
    keys =
        cert
            ? Jwk.verifying(text("cert"))
            : List.of(
                new Jwk("", "", new javax.crypto.spec.SecretKeySpec(Utf8.encode(secret), "RAW")));
    seconds = seconds(c);
  }

  private String text(String name) {
    return given.get(name) instanceof RegoString s ? s.value() : "";
  }

  private BigDecimal seconds(CallContext c) {
    Value t = given.get("time");
    if (t == null) {
      Instant now = c.now();
      return BigDecimal.valueOf(now.getEpochSecond()).add(BigDecimal.valueOf(now.getNano(), 9));
    }
    if (!(t instanceof RegoNumber n)) {
      throw BuiltinException.failed("token time constraint: must be a number");
    }
    if (n.signum() < 0) {
      throw BuiltinException.failed("token time constraint: must not be negative");
    }
    return n.toBigDecimal().movePointLeft(9);
  }

  static Value verify(CallContext c, Value[] a) {
    String token = Args.string(a[0], 1);
    JwtConstraints k = new JwtConstraints(c, Args.object(a[1], 2));
    Value result = k.verify(token);
    return result == null
        ? RegoArray.of(RegoBoolean.FALSE, RegoObject.EMPTY, RegoObject.EMPTY)
        : result;
  }

  private @Nullable Value verify(String given) {
    String text = given;
    for (int i = 0; i < MAX_NESTING; i++) {
      Jwt.Token t = Jwt.Token.parse(text);
      RegoObject header = t.headerObject();
      String alg = Jwt.string(header, "alg");
      boolean wrongAlgorithm = !text("alg").isEmpty() && !text("alg").equals(alg);
      if (alg.isEmpty() || critical(header) || wrongAlgorithm) {
        return null;
      }
      if (!Jwt.any(keys, Jwt.string(header, "kid"), alg, alg, t.signed(), t.signatureBytes())) {
        return null;
      }
      String payload = t.payloadText();
      if (!Jwt.string(header, "cty").equalsIgnoreCase("JWT")) {
        RegoObject claims = Jwt.object(payload, "");
        return accepts(claims) ? RegoArray.of(RegoBoolean.TRUE, header, claims) : null;
      }
      text = payload;
    }
    throw BuiltinException.failed("tokens nested too deep");
  }

  /** True where the header has a critical parameter that is not understood. */
  private static boolean critical(RegoObject header) {
    Value crit = header.get("crit");
    if (crit == null) {
      return false;
    }
    if (!(crit instanceof RegoArray a)) {
      throw BuiltinException.failed("crit: must be a list");
    }
    if (a.size() == 0) {
      throw BuiltinException.failed("crit: must be a nonempty list");
    }
    for (Value v : a.items()) {
      if (v instanceof RegoString s
          && header.get(s.value()) != null
          && !UNDERSTOOD.contains(s.value())) {
        return true;
      }
    }
    return false;
  }

  private boolean accepts(RegoObject claims) {
    String iss = text("iss");
    if (!iss.isEmpty() && !(claims.get("iss") instanceof RegoString s && s.value().equals(iss))) {
      return false;
    }
    Value aud = claims.get("aud");
    if (aud == null ? !text("aud").isEmpty() : !audience(aud)) {
      return false;
    }
    BigDecimal exp = time(claims, "exp");
    BigDecimal nbf = time(claims, "nbf");
    return (exp == null || seconds.compareTo(exp) < 0)
        && (nbf == null || seconds.compareTo(nbf) >= 0);
  }

  private boolean audience(Value aud) {
    RegoString want = RegoString.of(text("aud"));
    return aud instanceof RegoArray a ? a.items().contains(want) : aud.equals(want);
  }

  private static @Nullable BigDecimal time(RegoObject claims, String name) {
    Value v = claims.get(name);
    if (v == null) {
      return null;
    }
    if (v instanceof RegoNumber n) {
      return n.toBigDecimal();
    }
    throw BuiltinException.failed(name + " value must be a number");
  }
}
