// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.attest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.attestation.Document;

/** What vouches for evidence, by its digest, so that records can name and keep what was used. */
public final class Collateral {
  private final Map<String, byte[]> byDigest = new LinkedHashMap<>();

  public Collateral(List<Document> documents) {
    documents.forEach(d -> byDigest.put(d.digest(), d.content().toArray()));
  }

  /**
   * The content behind digests of a report; those that are of something else are passed over.
   *
   * @param digests lower-case hex
   */
  List<byte[]> used(Collection<String> digests) {
    List<byte[]> used = new ArrayList<>();
    for (String digest : digests) {
      byte[] content = byDigest.get(digest);
      if (content != null) {
        used.add(content);
      }
    }
    return used;
  }
}
