// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.util.List;

/** What is committed at once: a record, and the content that it names. */
public final class Submission {
  private final byte[] record;
  private final List<byte[]> content;

  /**
   * @param record bytes of the record, which become the log's entry
   * @param content to be kept by digest beside the log; only what is not known to be kept already
   */
  public Submission(byte[] record, List<byte[]> content) {
    this.record = record.clone();
    this.content = content.stream().map(byte[]::clone).toList();
  }

  public byte[] record() {
    return record.clone();
  }

  public List<byte[]> content() {
    return content.stream().map(byte[]::clone).toList();
  }
}
