// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.confidentialspace;

import org.cofferdam.core.attestation.Rule;

/** The rules of a Confidential Space token. */
final class ConfidentialSpaceRules {
  static final Rule CHAIN_SUPPLIED =
      Rule.proof(
          "gcs.chain-supplied",
          "A token without certificates needs keys that only Google's server has.",
          "Ask the attestation service for a token of the PKI form.");
  static final Rule SIGNATURE =
      Rule.proof(
          "gcs.signature",
          "Only Google's attestation service can sign a token.",
          "Take a fresh token; do not change it on the way.");
  static final Rule ISSUER =
      Rule.proof(
          "gcs.issuer",
          "A token of another issuer was made by other rules.",
          "Expect the issuer that signs for this product.");
  static final Rule LIFETIME =
      Rule.proof("gcs.lifetime", "A token counts from nbf to exp only.", "Take a fresh token.");
  static final Rule AUDIENCE =
      Rule.proof(
          "gcs.audience",
          "A token for another party can be replayed by it.",
          "Ask for a token with your own audience.");
  static final Rule AUDIENCE_GIVEN =
      Rule.hardening(
          "gcs.audience-given",
          "Without an audience a token for anyone is taken.",
          "Name the audience that the token must have.");
  static final Rule PRODUCT =
      Rule.proof(
          "gcs.swname",
          "The same service signs tokens of machines that are not locked down.",
          "Run the workload in Confidential Space.");
  static final Rule DEBUG =
      Rule.policy(
          "gcs.dbgstat", "The debug image lets the operator log in.", "Use the production image.");

  private ConfidentialSpaceRules() {}
}
