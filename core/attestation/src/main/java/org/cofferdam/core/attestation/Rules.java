// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

/** Rules that every kind shares. */
public final class Rules {
  private Rules() {}

  /** Named so that a development TEE is only ever accepted on purpose. */
  static final Rule DEVELOPMENT =
      Rule.proof(
          "development.allowed",
          "A development TEE can be forged by anyone who has its keys.",
          "Use real hardware, or allow development TEEs by name.");

  static final Rule ANCHORED =
      Rule.proof(
          "anchor.reached",
          "Without a chain to a trusted key anyone could have made the evidence.",
          "Supply the certificates or endorsements that lead to a trust anchor.");

  static final Rule RECOGNISED =
      Rule.proof(
          "evidence.kind",
          "Bytes of an unknown kind prove nothing.",
          "Name the kind, or send evidence of a supported kind.");

  /** The challenge is in the evidence. */
  public static final Rule NONCE =
      Rule.proof(
          "binding.nonce",
          "Evidence without the challenge may be a replay.",
          "Take fresh evidence over the challenge given.");

  /** A challenge was given at all. */
  public static final Rule NONCE_GIVEN =
      Rule.hardening(
          "binding.nonce-given",
          "Without a challenge, old evidence cannot be told from new.",
          "Give the challenge that the evidence must carry.");

  /** The report data is what the relying party expects. */
  public static final Rule REPORT_DATA =
      Rule.proof(
          "binding.report-data",
          "Evidence that does not name the peer's key may belong to another machine.",
          "Take evidence whose report data binds the expected key.");

  /** The vendor's TCB status is one that the policy accepts. */
  public static final Rule TCB_STATUS =
      Rule.policy(
          "tcb.status",
          "A platform with known holes may not keep secrets.",
          "Update firmware and microcode, or accept the status in a policy.");
}
