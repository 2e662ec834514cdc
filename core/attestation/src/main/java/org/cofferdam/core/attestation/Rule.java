// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

/**
 * What a verifier looks at, before it has looked.
 *
 * @param id stable, and the id of the check that comes of it
 * @param weight who decides what a failure means
 * @param why what the rule protects against, one sentence
 * @param remedy what to do when it fails, one sentence
 */
public record Rule(String id, Weight weight, String why, String remedy) {

  /** Who decides what a failure means. */
  public enum Weight {
    /** Part of the proof that the evidence is genuine: a failure always refuses. */
    PROOF,
    /** Judged by the policy, which refuses unless it says otherwise. */
    POLICY,
    /** Defence in depth: reported by {@code genuine}, refused by {@code release}. */
    HARDENING
  }

  public static Rule proof(String id, String why, String remedy) {
    return new Rule(id, Weight.PROOF, why, remedy);
  }

  public static Rule policy(String id, String why, String remedy) {
    return new Rule(id, Weight.POLICY, why, remedy);
  }

  public static Rule hardening(String id, String why, String remedy) {
    return new Rule(id, Weight.HARDENING, why, remedy);
  }
}
