// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.collateral;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * Endorsements from the vendors' services. What was asked for is remembered, so that it can be
 * exported for a place without a network. An answer of another form than the vendor's is left out:
 * it can only be missed.
 */
public final class FetchedEndorsements implements Endorsements {
  private final TrustAnchors anchors;
  private final IntelService intel;
  private final AmdService amd;
  private final Map<String, Document> given = new LinkedHashMap<>();

  public FetchedEndorsements(TrustAnchors anchors, IntelService intel, AmdService amd) {
    this.anchors = anchors;
    this.intel = intel;
    this.amd = amd;
  }

  @Override
  public List<Document> find(Query query) {
    List<Document> found;
    try {
      found =
          switch (query) {
            case Query.IntelCollateral q -> intel.find(q);
            case Query.AmdKey q -> amd.find(q);
            case Query.OfKind q -> List.of();
          };
    } catch (MalformedEvidenceException e) {
      found = List.of();
    }
    synchronized (given) {
      found.forEach(d -> given.put(d.name(), d));
    }
    return found;
  }

  /** Everything that was given out, each document once. */
  public List<Document> given() {
    synchronized (given) {
      return new ArrayList<>(given.values());
    }
  }

  @Override
  public TrustAnchors anchors() {
    return anchors;
  }
}
