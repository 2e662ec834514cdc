// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.nvidia;

import org.cofferdam.core.attestation.Rule;

/** The rules of a GPU's or switch's report. */
final class NvidiaRules {
  static final Rule CHAIN_SUPPLIED =
      Rule.proof(
          "nvidia.chain-supplied",
          "Without the device's certificates nobody vouches for the report.",
          "Supply the certificate chain that the driver gives with the report.");
  static final Rule CHAIN_LENGTH =
      Rule.proof(
          "nvidia.chain-length",
          "A device's chain is attestation key, device, product, family and root.",
          "Supply the whole chain, and nothing else.");
  static final Rule SIGNATURE =
      Rule.proof(
          "nvidia.report.signature",
          "Only the device's firmware can sign a report.",
          "Take the report again; do not change it on the way.");
  static final Rule FWID =
      Rule.proof(
          "nvidia.fwid",
          "The attestation key belongs to one firmware, which the report must name.",
          "Supply the chain that belongs to the report.");
  static final Rule FWID_BOUND =
      Rule.hardening(
          "nvidia.fwid-bound",
          "Reports without the firmware's id do not tie the key to the firmware.",
          "Update the driver; switches and drivers before 550 do not tell it.");
  static final Rule OCSP =
      Rule.hardening(
          "nvidia.ocsp",
          "The certificates never expire: OCSP is the only way to learn of a revocation.",
          "Supply OCSP answers for the chain.");
  static final Rule RIM =
      Rule.hardening(
          "nvidia.rim",
          "Measurements that are compared with nothing say nothing.",
          "Supply the RIM files of driver and VBIOS.");
  static final Rule RIM_SIGNATURE =
      Rule.proof(
          "nvidia.rim.signature",
          "Only NVIDIA may say what its firmware measures.",
          "Supply the manifest as NVIDIA's service gives it.");
  static final Rule RIM_CONFLICT =
      Rule.proof(
          "nvidia.rim.conflict",
          "Two manifests that name the same measurement leave open which one counts.",
          "Supply the manifests of exactly this driver and firmware.");
  static final Rule MEASUREMENTS =
      Rule.proof(
          "nvidia.measurements",
          "Firmware that NVIDIA does not name may do anything.",
          "Install a released driver and VBIOS.");
  static final Rule PADDING =
      Rule.hardening(
          "nvidia.padding",
          "The signature does not cover what follows it.",
          "Cut the driver's padding off.");

  private NvidiaRules() {}
}
