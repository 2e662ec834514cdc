// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.List;

/**
 * Port to what vouches for evidence: collateral, certificates, revocation lists, and the anchors
 * that all of it must lead to. An implementation may answer with more than was asked for: format
 * verifiers choose by content and trust none of it by itself.
 */
public interface Endorsements {

  /** Documents that may serve {@code query}; empty where there are none. */
  List<Document> find(Query query);

  TrustAnchors anchors();

  /** What a format verifier needs to go on. */
  sealed interface Query {

    /**
     * TCB info, enclave identity, revocation lists and their issuer chains.
     *
     * @param tee {@code sgx} or {@code tdx}
     * @param fmspc 12 hex digits
     * @param ca {@code platform} or {@code processor}
     */
    record IntelCollateral(String tee, String fmspc, String ca) implements Query {}

    /**
     * The VCEK or VLEK of one chip at one TCB, with its issuers and their revocation list.
     *
     * @param product for example {@code Milan}; empty where the report does not tell
     * @param chipId hex
     * @param reportedTcb hex, as in the report
     */
    record AmdKey(String product, String chipId, String reportedTcb, boolean vlek)
        implements Query {}

    /**
     * Anything else that belongs to evidence of this kind.
     *
     * @param kind as in {@link Report#kind()}
     */
    record OfKind(String kind) implements Query {}
  }

  /** A fixed set of documents, for example a directory. */
  static Endorsements of(TrustAnchors anchors, List<Document> documents) {
    List<Document> all = List.copyOf(documents);
    return new Endorsements() {
      @Override
      public List<Document> find(Query query) {
        return all;
      }

      @Override
      public TrustAnchors anchors() {
        return anchors;
      }
    };
  }
}
