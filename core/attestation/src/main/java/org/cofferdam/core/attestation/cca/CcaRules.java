// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.cca;

import org.cofferdam.core.attestation.Rule;

/** The rules of a CCA token. */
final class CcaRules {
  static final Rule PLATFORM_SIGNATURE =
      Rule.proof(
          "cca.platform.signature",
          "Arm publishes no root: the platform is known by its own attestation key.",
          "Supply the attestation key of this very platform as a trust anchor.");
  static final Rule PLATFORM_KEY =
      Rule.proof(
          "cca.platform.key",
          "Without the platform's key nobody vouches for the token.",
          "Supply the attestation key of the platform as a trust anchor.");
  static final Rule REALM_SIGNATURE =
      Rule.proof(
          "cca.realm.signature",
          "The realm's token is signed with the key that it carries.",
          "Take the token again; do not change it on the way.");
  static final Rule BINDING =
      Rule.proof(
          "cca.binding",
          "A platform that vouches for another realm's key says nothing about this realm.",
          "Take both parts from one token: this looks like an attack.");
  static final Rule LIFECYCLE =
      Rule.policy(
          "cca.platform.lifecycle",
          "A platform that is not secured can be debugged from outside.",
          "Use a platform in the secured state.");

  private CcaRules() {}
}
