// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.coco;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a Confidential Containers guest sends to a key broker: {@code primary_evidence} of the CPU
 * and, as text, {@code additional_evidence} of devices, alone or inside of an attestation request
 * with the runtime data that the evidence must bind (KBS protocol 0.4).
 *
 * @param primary evidence of the CPU
 * @param additionalText exactly as sent: the CPU's evidence covers it; empty where there are none
 * @param devices the same, parsed: evidence by the name of its TEE
 * @param nonce the broker's challenge; null where the request is not there
 * @param teePublicKey the guest's key as a JWK; null where the request is not there
 */
public record CocoEvidence(
    Json primary,
    String additionalText,
    Map<String, Json> devices,
    @Nullable String nonce,
    Json.@Nullable Obj teePublicKey) {

  private static final String FORMAT = "CoCo evidence";
  private static final String PRIMARY = "primary_evidence";
  private static final String ADDITIONAL = "additional_evidence";

  public CocoEvidence {
    devices = Collections.unmodifiableMap(new LinkedHashMap<>(devices));
  }

  /** True where it is the evidence itself or a request around it. */
  public static boolean looksLike(Json json) {
    return json instanceof Json.Obj o
        && (o.get(PRIMARY).isPresent() || o.get("tee-evidence").isPresent());
  }

  /**
   * @throws MalformedEvidenceException where a member is missing, unknown, or of another type
   */
  public static CocoEvidence parse(Json json) {
    Json.Obj outer = json.asObject(FORMAT);
    String nonce = null;
    Json.Obj key = null;
    Json.Obj evidence = outer;
    if (outer.get(PRIMARY).isEmpty()) {
      outer.only("init-data", "runtime-data", "tee-evidence");
      Json.Obj runtime = outer.object("runtime-data");
      nonce = runtime.string("nonce");
      key = runtime.object("tee-pubkey");
      evidence = outer.object("tee-evidence");
    }
    evidence.only(PRIMARY, ADDITIONAL);
    String additional = evidence.string(ADDITIONAL);
    Map<String, Json> devices =
        additional.isEmpty()
            ? Map.of()
            : Json.parse(additional.getBytes(StandardCharsets.UTF_8))
                .asObject(ADDITIONAL)
                .members();
    return new CocoEvidence(evidence.require(PRIMARY), additional, devices, nonce, key);
  }

  /**
   * What the CPU's evidence must bind: SHA-384 over the canonical JSON of additional evidence,
   * nonce and key.
   *
   * @throws MalformedEvidenceException where there is no request
   */
  public Bytes primaryDigest() {
    return Bytes.of(
            Json.object()
                .put("additional-evidence", additionalText)
                .put("nonce", required(nonce))
                .put("tee-pubkey", required(teePublicKey))
                .build()
                .canonical())
        .sha384();
  }

  /**
   * What a device's evidence must bind: the same without the additional evidence, which it is part
   * of.
   *
   * @throws MalformedEvidenceException where there is no request
   */
  public Bytes deviceDigest() {
    return Bytes.of(
            Json.object()
                .put("nonce", required(nonce))
                .put("tee-pubkey", required(teePublicKey))
                .build()
                .canonical())
        .sha384();
  }

  public Json.Obj fields() {
    return Json.object()
        .put("primary_evidence", primary)
        .put("additional_evidence", new Json.Obj(devices))
        .put("nonce", Json.nullable(nonce))
        .put("tee-pubkey", teePublicKey == null ? Json.Null.NULL : teePublicKey)
        .build();
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new MalformedEvidenceException(FORMAT, "runtime-data", -1, "is missing");
    }
    return value;
  }
}
