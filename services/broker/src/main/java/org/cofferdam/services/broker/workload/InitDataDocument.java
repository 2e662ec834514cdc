// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.workload;

import java.util.Map;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * What the broker reads of an init-data document: whose it claims to be. The claim only chooses
 * what to compare with; the evidence proves the whole document or it does not.
 *
 * @param workload {@code namespace/name}
 * @param digest SHA-256 of the document
 */
public record InitDataDocument(String workload, Bytes digest) {
  private static final String FILE = "cofferdam.toml";

  /**
   * @throws MalformedEvidenceException where the document is no init-data or names no workload
   */
  public static InitDataDocument parse(Bytes document) {
    Map<String, Object> own =
        org.cofferdam.core.protocol.initdata.InitDataDocument.parse(document.toArray())
            .settings(FILE);
    if (!(own.get("workload") instanceof String workload) || !WorkloadName.isValid(workload)) {
      throw new MalformedEvidenceException(FILE, "workload", -1, "is not namespace/name");
    }
    return new InitDataDocument(workload, document.sha256());
  }
}
