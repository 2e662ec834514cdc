// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.confidentialspace;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;

/**
 * A token of Google's attestation service in its PKI form: a compact JWS (RFC 7515) with RS256 and
 * the certificate chain in the header. Tokens of the OIDC form have no chain and need keys from
 * elsewhere; they are read too, with an empty chain.
 *
 * @param signed header and payload as signed: {@code base64url.base64url}
 * @param header as JSON
 * @param claims as JSON
 * @param chain leaf first; empty where the header has none
 * @param issuer {@code iss}
 * @param audiences {@code aud}, one or many
 * @param issuedAt {@code iat}
 * @param notBefore {@code nbf}
 * @param expires {@code exp}
 * @param nonces {@code eat_nonce}, one or many; empty where absent
 * @param signature RSA, big endian
 */
public record ConfidentialSpaceToken(
    Bytes signed,
    Json.Obj header,
    Json.Obj claims,
    List<Certificate> chain,
    String issuer,
    List<String> audiences,
    Instant issuedAt,
    Instant notBefore,
    Instant expires,
    List<String> nonces,
    Bytes signature) {

  private static final String FORMAT = "Confidential Space token";
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  private static final int MAX_LENGTH = 1 << 20;

  public ConfidentialSpaceToken {
    chain = List.copyOf(chain);
    audiences = List.copyOf(audiences);
    nonces = List.copyOf(nonces);
  }

  /** True where it is a compact JWS whose payload names the product. */
  public static boolean looksLike(Bytes bytes) {
    String text = text(bytes);
    if (text.length() > MAX_LENGTH || !COMPACT.matcher(text).matches()) {
      return false;
    }
    try {
      return json(text.split("\\.", -1)[1], "payload").get("swname").isPresent();
    } catch (MalformedEvidenceException e) {
      return false;
    }
  }

  /**
   * White space around the token is allowed, since it is often kept in a file.
   *
   * @throws MalformedEvidenceException where the form is another, the algorithm is not RS256, a
   *     header is critical, or a claim that every token has is missing
   */
  public static ConfidentialSpaceToken parse(Bytes bytes) {
    String text = text(bytes);
    if (text.length() > MAX_LENGTH || !COMPACT.matcher(text).matches()) {
      throw new MalformedEvidenceException(FORMAT, "JWS", -1, "is not of the compact form");
    }
    String[] parts = text.split("\\.", -1);
    Json.Obj header = json(parts[0], "header");
    if (!header.string("alg").equals("RS256")) {
      throw new MalformedEvidenceException(FORMAT, "alg", -1, "is not RS256");
    }
    if (header.get("crit").isPresent()) {
      throw new MalformedEvidenceException(FORMAT, "crit", -1, "names headers not understood");
    }
    List<Certificate> chain = new ArrayList<>();
    if (header.get("x5c").isPresent()) {
      for (Json der : header.array("x5c")) {
        chain.add(Certificate.parse(base64(Base64.getDecoder(), der.asString("x5c"), "x5c")));
      }
    }
    Json.Obj claims = json(parts[1], "payload");
    return new ConfidentialSpaceToken(
        Bytes.of((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII)),
        header,
        claims,
        chain,
        claims.string("iss"),
        strings(claims.require("aud"), "aud"),
        time(claims, "iat"),
        time(claims, "nbf"),
        time(claims, "exp"),
        claims.get("eat_nonce").map(n -> strings(n, "eat_nonce")).orElse(List.of()),
        base64(Base64.getUrlDecoder(), parts[2], "signature"));
  }

  /** A claim that is a string; empty where it is absent or something else. */
  public Optional<String> claim(String name) {
    return claims.get(name).filter(Json.Str.class::isInstance).map(j -> j.asString(name));
  }

  /** {@code submods.container.image_digest}; empty where absent. */
  public Optional<String> imageDigest() {
    return claims
        .get("submods")
        .filter(Json.Obj.class::isInstance)
        .flatMap(s -> s.asObject("submods").get("container"))
        .filter(Json.Obj.class::isInstance)
        .flatMap(c -> c.asObject("container").get("image_digest"))
        .filter(Json.Str.class::isInstance)
        .map(d -> d.asString("image_digest"));
  }

  public Json.Obj fields() {
    return Json.object()
        .put("header", header)
        .put("payload", claims)
        .put("signature", signature.hex())
        .build();
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.ISO_8859_1).strip();
  }

  private static Json.Obj json(String part, String name) {
    return Json.parse(base64(Base64.getUrlDecoder(), part, name).toArray()).asObject(name);
  }

  private static Bytes base64(Base64.Decoder decoder, String text, String name) {
    try {
      return Bytes.of(decoder.decode(text));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "is not base64");
    }
  }

  private static List<String> strings(Json value, String name) {
    return value instanceof Json.Arr a
        ? a.items().stream().map(i -> i.asString(name)).toList()
        : List.of(value.asString(name));
  }

  private static Instant time(Json.Obj claims, String name) {
    long seconds = claims.integer(name);
    if (seconds < 0 || seconds > 253_402_300_799L) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "is not a time of our era");
    }
    return Instant.ofEpochSecond(seconds);
  }
}
