// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.cove;

import org.cofferdam.core.attestation.Rule;

/** The rules of a CoVE token. */
final class CoveRules {
  static final Rule ROOT_KEY =
      Rule.proof(
          "cove.platform.key",
          "Without the root of trust's key nobody vouches for the token.",
          "Supply the key of the root of trust as a trust anchor.");
  static final Rule PLATFORM_SIGNATURE =
      Rule.proof(
          "cove.platform.signature",
          "Only the root of trust may vouch for the platform.",
          "Supply the key of this platform's root of trust.");
  static final Rule TSM_SIGNATURE =
      Rule.proof(
          "cove.tsm.signature",
          "Only the platform may vouch for the security manager.",
          "Take the token again; do not put parts together.");
  static final Rule TVM_SIGNATURE =
      Rule.proof(
          "cove.tvm.signature",
          "Only the security manager may vouch for the virtual machine.",
          "Take the token again; do not put parts together.");
  static final Rule STATE =
      Rule.policy(
          "cove.platform.state",
          "A platform in another state than secured can be looked into.",
          "Use a platform in the secured state.");
  static final Rule DRAFT =
      Rule.hardening(
          "cove.draft",
          "The format is a draft and its labels are provisional.",
          "Accept the draft by name until the specification is ratified.");

  private CoveRules() {}
}
