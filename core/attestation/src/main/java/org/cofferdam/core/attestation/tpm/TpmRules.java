// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.tpm;

import org.cofferdam.core.attestation.Rule;

/** The rules for quotes of a TPM. */
final class TpmRules {
  private TpmRules() {}

  static final Rule AK_ATTRIBUTES =
      Rule.proof(
          "tpm.ak.attributes",
          "An unrestricted key can sign anything that looks like a quote.",
          "Quote with a restricted signing key that was made in the TPM.");

  static final Rule AK_KEY =
      Rule.proof(
          "tpm.ak.key",
          "All parts of the evidence must be about one key.",
          "Send public key, public area and certificate of the key that signed the quote.");

  static final Rule AK_ACTIVATED =
      Rule.proof(
          "tpm.ak.activated",
          "Only the TPM that has the endorsement key can open the credential for this key.",
          "Repeat the handshake, and let the TPM activate the credential it was given.");

  static final Rule AK_ENDORSED =
      Rule.hardening(
          "tpm.ak.endorsed",
          "A key that nobody vouches for may live in any software.",
          "Send a certificate for the attestation key, or activate a credential under the"
              + " endorsement key.");

  static final Rule EK_USAGE =
      Rule.proof(
          "tpm.ek.usage",
          "Only a certificate made for an endorsement key says that a TPM holds it.",
          "Send the certificate of the endorsement key.");

  static final Rule SIGNATURE =
      Rule.proof(
          "tpm.quote.signature",
          "A quote that the key did not sign says nothing.",
          "Take a fresh quote; do not change message or signature.");

  static final Rule BANK =
      Rule.proof(
          "tpm.quote.bank",
          "SHA-1 collides: registers of that bank can be forged.",
          "Quote the SHA-256 or SHA-384 bank.");

  static final Rule PCR_DIGEST =
      Rule.proof(
          "tpm.quote.pcr-digest",
          "Register values that the quote does not cover can be made up.",
          "Send the values of exactly the registers that were quoted.");

  static final Rule LOG_GIVEN =
      Rule.hardening(
          "tpm.eventlog.given",
          "Without the event log nobody can tell what the registers stand for.",
          "Send the event log with the quote.");

  static final Rule LOG_REPLAY =
      Rule.proof(
          "tpm.eventlog.replay",
          "A log that does not lead to the quoted registers tells of another boot.",
          "Send the whole log of this boot, read at the time of the quote.");

  static final Rule POD_LOG =
      Rule.policy(
          "tpm.pod-log",
          "What the agent recorded about the pod must be complete and in order.",
          "Use an agent that records images, containers and the closing event, once each.");
}
