// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.util.List;

/**
 * What is committed at once: the record and the content that it names.
 *
 * @param record bytes of the record, which become the log's entry
 * @param content to be kept by digest beside the log; only what is not known to be kept already
 */
public record Submission(byte[] record, List<byte[]> content) {
  public Submission {
    content = List.copyOf(content);
  }
}
