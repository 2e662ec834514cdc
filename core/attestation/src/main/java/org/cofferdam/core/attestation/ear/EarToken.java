// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.ear;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SignatureAlgorithm;
import org.cofferdam.core.bytes.json.Json;

/**
 * An EAR in a JWT, read. A key that the header brings along is not used.
 *
 * @param algorithm by the header's {@code alg}
 * @param signed header and payload as signed
 * @param claims the payload
 * @param statuses {@code ear.status} of each submodule, by its name
 * @param issued {@code iat}
 * @param expires {@code exp}; empty where absent
 * @param nonces {@code eat_nonce}, one or many
 */
public record EarToken(
    SignatureAlgorithm algorithm,
    Bytes signed,
    Bytes signature,
    Json.Obj header,
    Json.Obj claims,
    Map<String, String> statuses,
    Instant issued,
    Optional<Instant> expires,
    List<String> nonces) {
  private static final String FORMAT = "EAR";
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  private static final int MOST_BYTES = 4 << 20;
  private static final List<String> WORDS =
      List.of("none", "affirming", "warning", "contraindicated");

  public EarToken {
    statuses = Map.copyOf(statuses);
    nonces = List.copyOf(nonces);
  }

  /** True where it is a compact JWS whose payload is an EAR. */
  public static boolean looksLike(Bytes content) {
    if (content.length() > MOST_BYTES || content.length() < 8 || content.at(0) != 'e') {
      return false;
    }
    String text = text(content);
    try {
      return COMPACT.matcher(text).matches()
          && json(text.split("\\.", -1)[1], "payload").get("ear.verifier-id").isPresent();
    } catch (MalformedEvidenceException e) {
      return false;
    }
  }

  /**
   * @throws MalformedEvidenceException on another form or algorithm, a critical header, or a result
   *     without a submodule
   */
  public static EarToken parse(Bytes content) {
    String text = text(content);
    if (content.length() > MOST_BYTES || !COMPACT.matcher(text).matches()) {
      throw malformed("JWS", "is not of the compact form");
    }
    String[] parts = text.split("\\.", -1);
    Json.Obj header = json(parts[0], "header");
    if (header.get("crit").isPresent()) {
      throw malformed("crit", "names headers not understood");
    }
    SignatureAlgorithm algorithm =
        switch (header.string("alg")) {
          case "ES256" -> SignatureAlgorithm.ECDSA_P256_SHA256;
          case "ES384" -> SignatureAlgorithm.ECDSA_P384_SHA384;
          case "EdDSA" -> SignatureAlgorithm.ED25519;
          default -> throw malformed("alg", "is not ES256, ES384 or EdDSA");
        };
    Json.Obj claims = json(parts[1], "payload");
    Map<String, String> statuses = new TreeMap<>();
    claims
        .object("submods")
        .members()
        .forEach((name, module) -> statuses.put(name, status(module.asObject(name))));
    if (statuses.isEmpty()) {
      throw malformed("submods", "are empty");
    }
    return new EarToken(
        algorithm,
        Bytes.of((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII)),
        base64(parts[2], "signature"),
        header,
        claims,
        statuses,
        time(claims, "iat"),
        claims.get("exp").map(e -> time(claims, "exp")),
        claims.get("eat_nonce").map(EarToken::strings).orElse(List.of()));
  }

  /** The word, or the tier's number (draft-ietf-rats-ar4si §2.3.2). */
  private static String status(Json.Obj module) {
    Json status = module.require("ear.status");
    String word =
        status instanceof Json.Num n
            ? switch (n.text()) {
              case "0" -> "none";
              case "2" -> "affirming";
              case "32" -> "warning";
              case "96" -> "contraindicated";
              default -> "";
            }
            : status.asString("ear.status");
    if (!WORDS.contains(word)) {
      throw malformed("ear.status", "is no tier");
    }
    return word;
  }

  private static List<String> strings(Json value) {
    return value instanceof Json.Arr a
        ? a.items().stream().map(i -> i.asString("eat_nonce")).toList()
        : List.of(value.asString("eat_nonce"));
  }

  private static Instant time(Json.Obj claims, String name) {
    long seconds = claims.integer(name);
    if (seconds < 0 || seconds > 253_402_300_799L) {
      throw malformed(name, "is not a time of our era");
    }
    return Instant.ofEpochSecond(seconds);
  }

  private static String text(Bytes content) {
    return new String(content.toArray(), StandardCharsets.ISO_8859_1).strip();
  }

  private static Json.Obj json(String part, String field) {
    return Json.parse(base64(part, field).toArray()).asObject(field);
  }

  private static Bytes base64(String text, String field) {
    try {
      return Bytes.of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw malformed(field, "is not base64url");
    }
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException(FORMAT, field, -1, problem);
  }

  /** Header and payload, for people. */
  public Json.Obj fields() {
    return Json.object()
        .put("header", header)
        .put("payload", claims)
        .put("signature", signature.hex())
        .build();
  }
}
