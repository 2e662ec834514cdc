// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.attest;

import java.util.Arrays;
import java.util.Optional;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.bytes.Bytes;

/**
 * The wire names of TEEs, older spellings too, and where each carries the hash of the runtime data
 * (48 bytes).
 */
public enum TeeName {
  TPM("tpm", "tpm-quote", Binding.NONCE_32, ""),
  SGX("sgx", "sgx-quote", Binding.REPORT_DATA_64, ""),
  TDX("tdx", "tdx-quote", Binding.REPORT_DATA_64, ""),
  SNP("snp", "snp-report", Binding.REPORT_DATA_64, ""),
  CCA("cca", "cca-token", Binding.NONCE_64, ""),
  AZ_SNP("az-snp-vtpm", "azure-vtpm", Binding.NONCE_48, "azsnpvtpm"),
  AZ_TDX("az-tdx-vtpm", "azure-vtpm", Binding.NONCE_48, "aztdxvtpm");

  private final String wire;
  private final String kind;
  private final Binding binding;

  /** An older spelling; empty where there is none. */
  private final String alias;

  TeeName(String wire, String kind, Binding binding, String alias) {
    this.wire = wire;
    this.kind = kind;
    this.binding = binding;
    this.alias = alias;
  }

  /** How the hash stands in the evidence. */
  private enum Binding {
    /** Cut to 32 bytes. */
    NONCE_32,
    /** As it is. */
    NONCE_48,
    /** A challenge of 64 bytes, zeros at the end. */
    NONCE_64,
    /** The report data of 64 bytes, zeros at the end. */
    REPORT_DATA_64
  }

  public static Optional<TeeName> ofWire(String name) {
    return Arrays.stream(values())
        .filter(tee -> tee.wire.equals(name) || (!tee.alias.isEmpty() && tee.alias.equals(name)))
        .findFirst();
  }

  public String wire() {
    return wire;
  }

  /** Kind of evidence, as the verifier names it. */
  public String kind() {
    return kind;
  }

  /** Adds what evidence of this TEE must carry. */
  Expectations bind(Expectations expectations, Bytes digest) {
    Bytes padded = Bytes.of(Arrays.copyOf(digest.toArray(), 64));
    return switch (binding) {
      case NONCE_32 -> expectations.withNonce(digest.slice(0, 32));
      case NONCE_48 -> expectations.withNonce(digest);
      case NONCE_64 -> expectations.withNonce(padded);
      case REPORT_DATA_64 -> expectations.withNonce(padded).withReportData(padded);
    };
  }
}
