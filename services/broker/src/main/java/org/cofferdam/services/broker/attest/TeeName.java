// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.attest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Base64Text;

/**
 * The TEEs whose evidence is taken, by their wire names: how their evidence travels, and how much
 * of the hash of the runtime data (48 bytes) it carries.
 */
public enum TeeName {
  /** The qualifying data of a quote holds 32 bytes. */
  TPM("tpm", "tpm-quote", Form.JSON, 32),
  SGX("sgx", "sgx-quote", Form.QUOTE, 48),
  TDX("tdx", "tdx-quote", Form.QUOTE, 48),
  SNP("snp", "snp-report", Form.JSON, 48);

  private final String wire;
  private final String kind;
  private final Form form;
  private final int challengeBytes;

  TeeName(String wire, String kind, Form form, int challengeBytes) {
    this.wire = wire;
    this.kind = kind;
    this.form = form;
    this.challengeBytes = challengeBytes;
  }

  private enum Form {
    /** The JSON is what the verifier takes. */
    JSON,
    /** A member {@code quote} holds the bytes in base64. */
    QUOTE
  }

  public static Optional<TeeName> ofWire(String name) {
    return Arrays.stream(values()).filter(tee -> tee.wire.equals(name)).findFirst();
  }

  public String wire() {
    return wire;
  }

  /** Kind of evidence, as the verifier names it. */
  public String kind() {
    return kind;
  }

  /** What the evidence must carry: the start of the hash. */
  Bytes challenge(Bytes digest) {
    return digest.slice(0, challengeBytes);
  }

  /**
   * The bytes to verify.
   *
   * @throws MalformedEvidenceException where the message has not the form of this TEE
   */
  Bytes evidence(Json primary) {
    return switch (form) {
      case JSON -> Bytes.of(primary.write().getBytes(StandardCharsets.UTF_8));
      case QUOTE ->
          Bytes.of(
              Base64Text.fromStandard("quote", primary.asObject("tee-evidence").string("quote")));
    };
  }
}
