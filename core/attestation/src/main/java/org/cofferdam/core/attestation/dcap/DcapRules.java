// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.dcap;

import org.cofferdam.core.attestation.Rule;

/** The rules for Intel quotes. */
final class DcapRules {
  private static final String FRESH = "Fetch the collateral again, of the platform's FMSPC.";
  private static final String GENUINE = "Take a fresh quote; do not change its bytes.";

  private DcapRules() {}

  static final Rule KIND =
      Rule.proof(
          "dcap.kind",
          "An enclave must not pass for a trust domain, nor the other way round.",
          "Name the kind that the quote is of.");

  static final Rule PADDING =
      Rule.proof(
          "dcap.quote.padding",
          "Bytes behind the quote could smuggle in what was not signed.",
          "Send the quote alone; zeros behind it are tolerated.");

  static final Rule PCK_NAME =
      Rule.proof(
          "dcap.pck.names",
          "Only a PCK certificate speaks for a platform.",
          "Use the certificates of Intel's provisioning certification service.");

  static final Rule PCK_GIVEN =
      Rule.proof(
          "dcap.pck.given",
          "Without the platform's certificate nobody vouches for the quote.",
          "Supply the PCK certificate with its chain.");

  static final Rule PCK_REVOCATION =
      Rule.proof(
          "dcap.pck.revocation",
          "A revoked key may be in an attacker's hands.",
          "Supply current revocation lists; retire a revoked platform.");

  static final Rule QE_SIGNATURE =
      Rule.proof(
          "dcap.qe.signature", "The platform's key vouches for the quoting enclave.", GENUINE);

  static final Rule QE_REPORT_DATA =
      Rule.proof(
          "dcap.qe.report-data",
          "The quoting enclave vouches for the attestation key by its hash.",
          GENUINE);

  static final Rule QUOTE_SIGNATURE =
      Rule.proof("dcap.quote.signature", "The attestation key vouches for the body.", GENUINE);

  static final Rule TCB_INFO_GIVEN =
      Rule.proof(
          "dcap.tcb-info.given",
          "Without TCB info nobody can tell whether the platform has known holes.",
          FRESH);

  static final Rule TCB_INFO_SIGNATURE =
      Rule.proof("dcap.tcb-info.signature", "Collateral must be Intel's own words.", FRESH);

  static final Rule TCB_INFO_WINDOW =
      Rule.proof("dcap.tcb-info.window", "Old collateral hides new holes.", FRESH);

  static final Rule TCB_INFO_PLATFORM =
      Rule.proof("dcap.tcb-info.platform", "TCB info of another platform says nothing.", FRESH);

  static final Rule QE_IDENTITY_GIVEN =
      Rule.proof(
          "dcap.qe-identity.given",
          "Without its identity any enclave could pass for the quoting enclave.",
          FRESH);

  static final Rule QE_IDENTITY_SIGNATURE =
      Rule.proof("dcap.qe-identity.signature", "Collateral must be Intel's own words.", FRESH);

  static final Rule QE_IDENTITY_WINDOW =
      Rule.proof("dcap.qe-identity.window", "Old collateral hides new holes.", FRESH);

  static final Rule QE_IDENTITY =
      Rule.proof(
          "dcap.qe.identity",
          "Only Intel's quoting enclave may certify attestation keys.",
          "Use the platform's own quoting enclave, and identity of the right kind.");

  static final Rule SIGNER_REVOCATION =
      Rule.proof(
          "dcap.tcb-signing.revocation", "A revoked signer's collateral may be forged.", FRESH);

  static final Rule TCB_LEVEL =
      Rule.proof(
          "dcap.tcb.level",
          "A platform below every level that Intel lists is not supported.",
          "Update microcode and firmware.");

  static final Rule TCB_REVOKED =
      Rule.proof(
          "dcap.tcb.not-revoked",
          "Keys of a revoked level are known to be lost.",
          "Update the platform, and have it certified again.");

  static final Rule MODULE =
      Rule.proof(
          "tdx.module",
          "Only a module that Intel signed isolates trust domains.",
          "Load Intel's TDX module, and use collateral that knows it.");

  static final Rule MODULE_ATTRIBUTES =
      Rule.proof(
          "tdx.module.attributes",
          "A debug module can read every trust domain.",
          "Load the production module.");

  static final Rule LOG_REPLAY =
      Rule.proof(
          "tdx.eventlog.replay",
          "A log that does not lead to the quoted registers tells of another boot.",
          "Send the whole log of this boot, read at the time of the quote.");

  static final Rule SGX_DEBUG =
      Rule.policy(
          "sgx.policy.debug",
          "Anyone on the host can read a debug enclave.",
          "Build the enclave for production.");

  static final Rule SGX_INIT =
      Rule.hardening(
          "sgx.policy.initialised",
          "Only an initialised 64-bit enclave has a final measurement.",
          "Run the enclave as it was built.");

  static final Rule SGX_KEYS =
      Rule.policy(
          "sgx.policy.keys",
          "Launch and provisioning keys let an enclave recognise or certify platforms.",
          "Build the enclave without these attributes.");

  static final Rule TDX_DEBUG =
      Rule.policy(
          "tdx.policy.debug",
          "The host can read and change a trust domain in debug mode.",
          "Start the trust domain without debug.");

  static final Rule TDX_UNTRUSTED_BITS =
      Rule.policy(
          "tdx.policy.attributes",
          "Bits that are reserved, or mark a domain as untrusted, have no safe meaning.",
          "Start the trust domain without these attributes.");

  static final Rule TDX_SEPT_VE =
      Rule.policy(
          "tdx.policy.sept-ve-disable",
          "With these exceptions on, the host can replace pages under a running guest.",
          "Start the trust domain with SEPT_VE_DISABLE.");

  static final Rule TDX_MIGRATABLE =
      Rule.policy(
          "tdx.policy.migratable",
          "A migratable domain can be moved to a platform that nobody verified.",
          "Start the trust domain without MIGRATABLE.");

  static final Rule TDX_SERVICE_TD =
      Rule.policy(
          "tdx.policy.service-td",
          "A bound service domain can move or change this one.",
          "Start the trust domain without a service domain, or accept it in a policy.");

  static final Rule TDX_XFAM =
      Rule.policy(
          "tdx.policy.xfam",
          "Extended features outside the known set have no reviewed meaning.",
          "Start the trust domain with the usual features.");
}
