// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.cofferdam.core.bytes.Bytes;

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

  /** The first document whose content is of this form: a composite has no order. */
  public Optional<Document> find(Predicate<Bytes> form) {
    return documents.stream().filter(d -> form.test(d.content())).findFirst();
  }

  public Document first() {
    return documents.getFirst();
  }
}
