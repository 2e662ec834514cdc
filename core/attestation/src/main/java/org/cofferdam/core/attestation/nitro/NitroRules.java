// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.nitro;

import org.cofferdam.core.attestation.Rule;

/** The rules of a Nitro document. */
final class NitroRules {
  static final Rule BUNDLE =
      Rule.proof(
          "nitro.cabundle",
          "The bundle names the whole chain, root first; anything else was put together by hand.",
          "Send the document as the secure module gave it.");
  static final Rule LEAF =
      Rule.proof(
          "nitro.leaf",
          "The key of the document signs documents and nothing else.",
          "Send the document as the secure module gave it.");
  static final Rule SIGNATURE =
      Rule.proof(
          "nitro.signature",
          "Only the secure module can sign a document.",
          "Send the document as the secure module gave it.");
  static final Rule TIMESTAMP =
      Rule.policy(
          "nitro.timestamp",
          "A document from the future, or older than its key may live, is not of this session.",
          "Take a fresh document, and check the clocks.");
  static final Rule DEBUG =
      Rule.policy(
          "nitro.debug",
          "The registers of an enclave in debug mode are all zero: they measure nothing.",
          "Run the enclave without debug mode.");

  private NitroRules() {}
}
