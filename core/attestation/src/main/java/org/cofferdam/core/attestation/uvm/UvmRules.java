// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.uvm;

import org.cofferdam.core.attestation.Rule;

/** Rules of the endorsement and of what an SNP report must have in common with it. */
final class UvmRules {
  static final Rule ENDORSEMENT =
      Rule.proof(
          "aci.endorsement",
          "Only the holder of the key that the did:x509 leads to may endorse a measurement.",
          "Take the endorsement from the platform as it is.");
  static final Rule ISSUER =
      Rule.proof(
          "aci.issuer",
          "Anyone can sign an endorsement under an identifier of his own.",
          "Expect the issuer that the platform's owner publishes.");
  static final Rule ISSUER_EXPECTED =
      Rule.hardening(
          "aci.issuer-expected",
          "An endorsement of an issuer that nobody expected says little.",
          "Name the did:x509 that must have signed.");
  static final Rule FEED =
      Rule.proof(
          "aci.feed",
          "The same issuer endorses other products as well.",
          "Expect the feed of the product in use.");
  static final Rule CURRENT =
      Rule.hardening(
          "aci.endorsement-current",
          "The time of signing is the signer's own word once its certificate has expired.",
          "Take an endorsement that was signed lately.");
  static final Rule MEASUREMENT =
      Rule.proof(
          "aci.measurement",
          "An endorsement of another measurement says nothing about this guest.",
          "Supply the endorsement of the utility VM that runs.");
  static final Rule HOST_DATA =
      Rule.proof(
          "aci.host-data",
          "The guest enforces the policy whose hash the host gave at launch.",
          "Supply the exact bytes of the policy, its last newline included.");

  private UvmRules() {}
}
