// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.attest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Base64Text;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.core.protocol.kbs.KbsVersion;

/**
 * The TEEs whose evidence is taken, by their wire names: how their evidence travels, and how much
 * of the hash of the runtime data (48 bytes) it carries. {@code cove} and {@code nitro} are names
 * of our own: peers have none.
 */
public enum TeeName {
  /** The qualifying data of a quote holds 32 bytes. */
  TPM("tpm", "tpm-quote", Form.JSON, "", 32),
  SGX("sgx", "sgx-quote", Form.BYTES, "quote", 48),
  TDX("tdx", "tdx-quote", Form.BYTES, "quote", 48),
  SNP("snp", "snp-report", Form.JSON, "", 48),
  AZ_SNP("az-snp-vtpm", "azure-vtpm", Form.JSON, "", 48),
  AZ_TDX("az-tdx-vtpm", "azure-vtpm", Form.JSON, "", 48),
  CCA("cca", "cca-token", Form.JSON, "", 48),
  COVE("cove", "cove-token", Form.BYTES, "token", 48),
  NITRO("nitro", "nitro-document", Form.BYTES, "document", 48);

  private static final String COMPOSITE = "coco-evidence";
  private static final String EVENT_LOG = "cc_eventlog";

  private final String wire;
  private final String kind;
  private final Form form;
  private final String member;
  private final int challengeBytes;

  TeeName(String wire, String kind, Form form, String member, int challengeBytes) {
    this.wire = wire;
    this.kind = kind;
    this.form = form;
    this.member = member;
    this.challengeBytes = challengeBytes;
  }

  private enum Form {
    /** The JSON is what the verifier takes. */
    JSON,
    /** A member holds the bytes in base64. */
    BYTES
  }

  /**
   * What a verifier is asked.
   *
   * @param kind of the evidence, as the verifier names it
   * @param challenge what the evidence must carry
   */
  record Question(String kind, Bytes evidence, Bytes challenge) {}

  /** By the name of today's peers, or by that of older ones, which had no dashes. */
  public static Optional<TeeName> ofWire(String name) {
    return Arrays.stream(values())
        .filter(tee -> List.of(tee.wire, tee.wire.replace("-", "")).contains(name))
        .findFirst();
  }

  public String wire() {
    return wire;
  }

  /**
   * What to verify. With devices it is the whole message, since only together the parts are tied to
   * the challenge.
   *
   * @param nonce the challenge as it was sent
   * @throws MalformedEvidenceException where the message has not the form of this TEE
   */
  Question question(KbsAttestation attestation, String nonce, KbsVersion version) {
    Bytes digest = Bytes.of(attestation.digest(version));
    Json primary = attestation.primaryEvidence();
    if (!attestation.additionalEvidence().isEmpty()) {
      return new Question(
          COMPOSITE,
          utf8(attestation.toJson(version)),
          Bytes.of(Base64Text.fromStandard("nonce", nonce)));
    }
    Bytes challenge = digest.slice(0, challengeBytes);
    if (form == Form.BYTES && hasEventLog(primary)) {
      Json both =
          Json.object().put("primary_evidence", primary).put("additional_evidence", "").build();
      return new Question(COMPOSITE, utf8(both), challenge);
    }
    return new Question(kind, evidence(primary), challenge);
  }

  private Bytes evidence(Json primary) {
    return switch (form) {
      case JSON -> utf8(primary);
      case BYTES ->
          Bytes.of(
              Base64Text.fromStandard(member, primary.asObject("tee-evidence").string(member)));
    };
  }

  private static boolean hasEventLog(Json primary) {
    return primary
        .asObject("tee-evidence")
        .get(EVENT_LOG)
        .filter(l -> l != Json.Null.NULL)
        .isPresent();
  }

  private static Bytes utf8(Json json) {
    return Bytes.of(json.write().getBytes(StandardCharsets.UTF_8));
  }
}
