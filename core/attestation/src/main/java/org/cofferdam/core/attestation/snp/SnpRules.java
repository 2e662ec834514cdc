// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.snp;

import org.cofferdam.core.attestation.Rule;

/** The rules of an SNP report, by the names that results carry. */
final class SnpRules {
  static final Rule VERSION =
      Rule.proof(
          "snp.report.version",
          "A report of preview firmware was never endorsed by AMD.",
          "Update the firmware.");
  static final Rule SIGNING_KEY =
      Rule.proof(
          "snp.report.signing-key",
          "A report that no key of AMD's signed proves nothing.",
          "Ask the host to enable the VCEK or a VLEK.");
  static final Rule PRODUCT =
      Rule.proof(
          "snp.product",
          "The report does not name its root, so processor, certificate and root must agree.",
          "Supply the certificate of this very chip.");
  static final Rule VEK =
      Rule.proof(
          "snp.vek.supplied",
          "Without the key's certificate nobody vouches for the report.",
          "Supply the VCEK or VLEK certificate, or allow the AMD key service.");
  static final Rule VEK_FORM =
      Rule.proof(
          "snp.vek.extensions",
          "What the key was derived for stands in the certificate's extensions.",
          "Supply the certificate as AMD's key service gives it.");
  static final Rule VEK_KIND =
      Rule.proof(
          "snp.vek.kind",
          "A provider's key must not pass for a chip's own.",
          "Supply the certificate of the kind that the report names.");
  static final Rule VEK_ISSUER =
      Rule.proof(
          "snp.vek.issuer",
          "Chip keys and provider keys have different issuers, each of one product line.",
          "Supply the ASK for a VCEK, the ASVK for a VLEK.");
  static final Rule VEK_ALGORITHM =
      Rule.proof(
          "snp.vek.algorithm",
          "AMD signs with RSASSA-PSS and SHA-384 only; anything else is not AMD's.",
          "Supply AMD's own certificates.");
  static final Rule TCB_MATCH =
      Rule.proof(
          "snp.vek.tcb-matches-report",
          "The key is derived from the reported versions; a difference means a false report.",
          "Supply the certificate for the reported TCB, not for another one.");
  static final Rule CHIP_ID =
      Rule.proof(
          "snp.vek.chip-id",
          "The key belongs to one chip, which the report must name.",
          "Supply the certificate of this chip.");
  static final Rule STRANGERS =
      Rule.proof(
          "snp.vek.of-this-chip",
          "Evidence that brings another chip's certificate was put together from two machines.",
          "Send the certificates of the chip that made the report, and no others.");
  static final Rule CHIP_ID_MASKED =
      Rule.policy(
          "snp.chip-id-masked",
          "Without its id a chip cannot be allowed or blocked.",
          "Ask the host not to mask the chip id.");
  static final Rule SIGNATURE =
      Rule.proof(
          "snp.report.signature",
          "Only the chip's firmware can sign a report.",
          "Take the report again; do not change it on the way.");
  static final Rule REVOKED =
      Rule.proof(
          "snp.crl.not-revoked",
          "AMD no longer vouches for a revoked issuer.",
          "Move to a platform whose keys are not revoked.");
  static final Rule CRL =
      Rule.hardening(
          "snp.crl.supplied",
          "Without a revocation list a revoked issuer goes unnoticed.",
          "Supply AMD's current list for the product line.");
  static final Rule TCB_ORDER =
      Rule.policy(
          "snp.tcb.order",
          "Firmware that reports more than it committed to could be rolled back.",
          "Commit the firmware on the host.");
  static final Rule TCB_FLOOR =
      Rule.hardening(
          "snp.tcb.floor",
          "Below the versions that AMD's bulletins name, reports can be forged or guests read.",
          "Update firmware and microcode of the host.");
  static final Rule GENERATION =
      Rule.hardening(
          "snp.generation",
          "For a product line whose root is broken, no firmware level helps.",
          "Use another processor generation, or pin the chip and trust its owner.");
  static final Rule DEBUG =
      Rule.policy(
          "snp.policy.debug",
          "The host can read and write the memory of a guest that may be debugged.",
          "Launch the guest without the debug bit.");
  static final Rule MIGRATION =
      Rule.policy(
          "snp.policy.migration",
          "A migration agent can move the guest's memory elsewhere.",
          "Launch the guest without a migration agent.");
  static final Rule RESERVED_ONE =
      Rule.proof(
          "snp.policy.reserved-one",
          "A policy without its fixed bit is none that the firmware accepts.",
          "Take the report from genuine firmware.");
  static final Rule ABI =
      Rule.policy(
          "snp.policy.abi",
          "Firmware older than the guest demands would not have launched it.",
          "Update the firmware.");
  static final Rule VMPL =
      Rule.policy(
          "snp.vmpl",
          "A report from a lower privilege level speaks for less than the whole guest.",
          "Ask for the report at VMPL 0, or accept the level in a policy.");
  static final Rule AUTHOR_KEY =
      Rule.proof(
          "snp.author-key",
          "The digest of an author key must be there exactly when one is in use.",
          "Take the report from genuine firmware.");
  static final Rule SMT =
      Rule.hardening(
          "snp.hardening.smt",
          "With SMT a neighbour on the same core can watch the guest.",
          "Switch SMT off on the host.");
  static final Rule ALIAS_CHECK =
      Rule.hardening(
          "snp.hardening.alias-check",
          "Memory modules that lie about their size alias protected memory (AMD-SB-3015).",
          "Update the firmware to one that checks for aliases.");
  static final Rule CIPHERTEXT_HIDING =
      Rule.hardening(
          "snp.hardening.ciphertext-hiding",
          "A host that sees ciphertext can tell when memory changes to known values.",
          "Enable ciphertext hiding on the host (Turin on).");

  private SnpRules() {}
}
