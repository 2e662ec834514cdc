// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.List;

/**
 * What one attester sent: one document, or a composite of several (a quote with its event log and
 * certificates).
 *
 * @param documents at least one; in the order given
 */
public record Evidence(List<Document> documents) {
  public Evidence {
    documents = List.copyOf(documents);
    if (documents.isEmpty()) {
      throw new IllegalArgumentException("evidence needs at least one document");
    }
  }

  public static Evidence of(byte[] content) {
    return new Evidence(List.of(Document.of("evidence", content)));
  }

  public Document first() {
    return documents.getFirst();
  }
}
