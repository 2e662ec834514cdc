// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.Waiver;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a verifier was given for one verdict, apart from policy, reference values and
 * collateral, which the record names by themselves. It is what a record calls its evidence: version
 * 1 of the document in {@code docs/ledger.md}. It holds nothing secret.
 *
 * @param expectations what the verifier knew; the policy in it is not part of the document
 * @param anchors those in force that do not ship with the product
 * @param evidence the bytes that were verified
 * @param context what the expectations were derived from, for people, for example the messages of
 *     the handshake; no verdict depends on it
 */
public record VerifierInput(
    Expectations expectations, List<TrustAnchor> anchors, Bytes evidence, Json context) {
  private static final String FORMAT = "verifier input";
  private static final int VERSION = 1;

  public VerifierInput {
    anchors = List.copyOf(anchors);
  }

  /** What the verifier takes. */
  public Evidence toEvidence() {
    return Evidence.of(evidence.toArray());
  }

  /** The document's bytes: canonical JSON. */
  public byte[] encode() {
    return toJson().canonical();
  }

  private Json toJson() {
    return Json.object()
        .put("version", VERSION)
        .put("at", expectations.at().toString())
        .put("kind", Json.nullable(expectations.kind()))
        .put("nonce", hex(expectations.nonce()))
        .put("reportData", hex(expectations.reportData()))
        .put("audience", Json.nullable(expectations.audience()))
        .put("issuer", Json.nullable(expectations.issuer()))
        .put("feed", Json.nullable(expectations.feed()))
        .put("activationDigest", hex(expectations.activationDigest()))
        .put("development", expectations.allowDevelopment())
        .put("waivers", Json.array(expectations.waivers().stream().map(Waiver::toJson).toList()))
        .put("anchors", Json.array(anchors.stream().map(VerifierInput::anchor).toList()))
        .put("evidence", Base64.getEncoder().encodeToString(evidence.toArray()))
        .put("context", context)
        .build();
  }

  /**
   * Reads the document back.
   *
   * @param policy to verify under
   * @throws MalformedEvidenceException where it has another form
   */
  public static VerifierInput decode(byte[] document, Policy policy) {
    Json.Obj json = Json.parse(document).asObject(FORMAT);
    json.only(
        "version",
        "at",
        "kind",
        "nonce",
        "reportData",
        "audience",
        "issuer",
        "feed",
        "activationDigest",
        "development",
        "waivers",
        "anchors",
        "evidence",
        "context");
    if (json.integer("version") != VERSION) {
      throw new MalformedEvidenceException(FORMAT, "version", -1, "is not " + VERSION);
    }
    Expectations expectations =
        new Expectations(
            time(json.string("at")),
            policy,
            text(json, "kind"),
            bytes(json, "nonce"),
            bytes(json, "reportData"),
            text(json, "audience"),
            text(json, "issuer"),
            text(json, "feed"),
            bytes(json, "activationDigest"),
            json.require("development").asBoolean("development"),
            json.array("waivers").stream().map(Waiver::fromJson).toList());
    return new VerifierInput(
        expectations,
        json.array("anchors").stream().map(VerifierInput::anchor).toList(),
        base64(json.string("evidence")),
        json.require("context"));
  }

  private static Json anchor(TrustAnchor anchor) {
    return Json.object()
        .put("id", anchor.id())
        .put("use", anchor.use())
        .put("publicKey", anchor.subjectPublicKeyInfo().toString())
        .put("origin", anchor.origin().name())
        .build();
  }

  private static TrustAnchor anchor(Json json) {
    Json.Obj o = json.asObject("anchor");
    o.only("id", "use", "publicKey", "origin");
    return new TrustAnchor(
        o.string("id"),
        o.string("use"),
        Bytes.ofHex(o.string("publicKey")),
        origin(o.string("origin")));
  }

  private static TrustAnchor.Origin origin(String word) {
    // A log cannot make an anchor ship with the product.
    for (TrustAnchor.Origin origin : TrustAnchor.Origin.values()) {
      if (origin != TrustAnchor.Origin.BUILT_IN && origin.name().equals(word)) {
        return origin;
      }
    }
    throw new MalformedEvidenceException(FORMAT, "origin", -1, "is an unknown word");
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new MalformedEvidenceException(FORMAT, "at", -1, "is no time of RFC 3339 in UTC");
    }
  }

  private static Json hex(@Nullable Bytes bytes) {
    return Json.nullable(bytes == null ? null : bytes.toString());
  }

  private static @Nullable String text(Json.Obj json, String name) {
    Json value = json.require(name);
    return value == Json.Null.NULL ? null : value.asString(name);
  }

  private static @Nullable Bytes bytes(Json.Obj json, String name) {
    String hex = text(json, name);
    return hex == null ? null : Bytes.ofHex(hex);
  }

  private static Bytes base64(String text) {
    try {
      return Bytes.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException(FORMAT, "evidence", -1, "is no base64");
    }
  }
}
