// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.cca;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.cbor.Cbor;
import org.cofferdam.core.bytes.cose.CoseKey;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.PublicKeyInfo;
import org.cofferdam.core.evidence.CborClaims;
import org.jspecify.annotations.Nullable;

/**
 * Claims of the realm token. Labels stand at the components. Claims that are not known are left
 * alone, as the profile allows them.
 *
 * @param profile 265; null in the first profile, which had none
 * @param challenge 10, 64 bytes
 * @param personalisation 44235, 64 bytes from the host at launch
 * @param hashAlgorithm 44236
 * @param publicKey 44237 as encoded: what the platform's challenge hashes. A COSE_Key where there
 *     is a profile, else an uncompressed P-384 point of 97 bytes
 * @param publicKeyHashAlgorithm 44240
 * @param initialMeasurement 44238, 32, 48 or 64 bytes
 * @param extensibleMeasurements 44239, four of the same length
 */
public record CcaRealmClaims(
    @Nullable String profile,
    Bytes challenge,
    Bytes personalisation,
    String hashAlgorithm,
    Bytes publicKey,
    String publicKeyHashAlgorithm,
    Bytes initialMeasurement,
    List<Bytes> extensibleMeasurements) {

  /** The only profile by name. */
  public static final String PROFILE = "tag:arm.com,2023:realm#1.0.0";

  private static final String FORMAT = "CCA realm claims";

  public CcaRealmClaims {
    extensibleMeasurements = List.copyOf(extensibleMeasurements);
  }

  /**
   * @throws MalformedEvidenceException where a claim is missing or has another form, or the profile
   *     is not known
   */
  public static CcaRealmClaims parse(Bytes bytes) {
    CborClaims claims = CborClaims.parse(FORMAT, bytes);
    String profile = claims.optionalText(265, "cca-realm-profile").orElse(null);
    if (profile != null && !profile.equals(PROFILE)) {
      throw claims.malformed("cca-realm-profile", "is not known");
    }
    Bytes initial = claims.bytes(44238, "cca-realm-initial-measurement", 32, 48, 64);
    List<Bytes> extensible = new ArrayList<>();
    for (Cbor item : claims.array(44239, "cca-realm-extensible-measurements")) {
      extensible.add(item.asBytes(FORMAT, "cca-realm-extensible-measurements", initial.length()));
    }
    if (extensible.size() != 4) {
      throw claims.malformed("cca-realm-extensible-measurements", "are not four");
    }
    Bytes publicKey = claims.bytes(44237, "cca-realm-public-key");
    return new CcaRealmClaims(
        profile,
        claims.bytes(10, "cca-realm-challenge", 64),
        claims.bytes(44235, "cca-realm-personalization-value", 64),
        claims.text(44236, "cca-realm-hash-algo-id"),
        publicKey,
        claims.text(44240, "cca-realm-public-key-hash-algo-id"),
        initial,
        extensible);
  }

  /**
   * The realm attestation key as DER SubjectPublicKeyInfo.
   *
   * @throws MalformedEvidenceException where it has not the form that the profile names
   */
  public Bytes subjectPublicKeyInfo() {
    if (profile != null) {
      return CoseKey.parse(FORMAT + " key", publicKey).subjectPublicKeyInfo();
    }
    if (publicKey.length() != 97 || publicKey.at(0) != 4) {
      throw new MalformedEvidenceException(
          FORMAT, "cca-realm-public-key", -1, "is no uncompressed point of 97 bytes");
    }
    return PublicKeyInfo.ofPoint(publicKey.slice(1, 97));
  }

  public Json.Obj fields() {
    return Json.object()
        .put("cca-realm-profile", Json.nullable(profile))
        .put("cca-realm-challenge", challenge.hex())
        .put("cca-realm-personalization-value", personalisation.hex())
        .put("cca-realm-hash-algo-id", hashAlgorithm)
        .put("cca-realm-public-key", publicKey.hex())
        .put("cca-realm-public-key-hash-algo-id", publicKeyHashAlgorithm)
        .put("cca-realm-initial-measurement", initialMeasurement.hex())
        .put(
            "cca-realm-extensible-measurements",
            Json.strings(extensibleMeasurements.stream().map(Bytes::hex).toList()))
        .build();
  }
}
