// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

import java.util.function.BooleanSupplier;

/**
 * Verifies signatures. Which implementation does is chosen at start and shown, since they differ in
 * speed by a factor of ten.
 */
public interface SignatureEngine {

  /** What a person sees, for example {@code SunEC 25}. */
  String name();

  /**
   * True only where {@code signature} over {@code message} verifies. Anything unfit, such as a key
   * of another type or curve, an r or s outside 1…n−1, or a signature of the wrong length, is
   * false, never an exception.
   *
   * @param spki public key as DER SubjectPublicKeyInfo (RFC 5280 §4.1)
   * @param message what was signed; the engine hashes it
   * @param signature in the form {@link SignatureAlgorithm} names
   */
  boolean verify(SignatureAlgorithm algorithm, Bytes spki, byte[] message, byte[] signature);

  /**
   * The same for what comes back: certificates, revocation lists, collateral. An engine with memory
   * answers such a question from it, where it was asked exactly this before.
   *
   * @param scheme names the algorithm and its parameters
   * @param answer verifies
   */
  default boolean recurring(
      Bytes scheme, Bytes spki, Bytes message, Bytes signature, BooleanSupplier answer) {
    return answer.getAsBoolean();
  }
}
