// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * Names content by its SHA-256, as OCI does: {@code sha256:} and 64 lower-case digits.
 *
 * @param hex the 64 digits alone
 */
public record ContentDigest(String hex) {
  private static final String PREFIX = "sha256:";

  public ContentDigest {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new MalformedEvidenceException(
          "content digest", "hex", -1, "is not 64 lower-case hexadecimal digits");
    }
  }

  public static ContentDigest of(byte[] content) {
    return new ContentDigest(Hex.encode(Digests.sha256(content)));
  }

  /**
   * @throws MalformedEvidenceException where the text has another form
   */
  public static ContentDigest parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new MalformedEvidenceException(
          "content digest", "algorithm", -1, "does not start with sha256:");
    }
    return new ContentDigest(text.substring(PREFIX.length()));
  }

  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
