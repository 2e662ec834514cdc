// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images;

import java.util.regex.Pattern;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * A content digest (OCI image-spec, descriptor.md). Only SHA-256 is accepted: it is what every
 * registry speaks.
 *
 * @param hex 64 lower-case digits
 */
public record OciDigest(String hex) implements Comparable<OciDigest> {
  private static final String PREFIX = "sha256:";
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public OciDigest {
    if (!FORM.matcher(hex).matches()) {
      throw new MalformedEvidenceException(
          "OCI digest", "hex", -1, "is no SHA-256 in lower-case hex");
    }
  }

  /**
   * @param text {@code sha256:HEX}
   * @throws MalformedEvidenceException on any other form
   */
  public static OciDigest parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new MalformedEvidenceException("OCI digest", "algorithm", 0, "is not sha256");
    }
    return new OciDigest(text.substring(PREFIX.length()));
  }

  /** The digest of these bytes. */
  public static OciDigest of(byte[] content) {
    return new OciDigest(Hex.encode(Digests.sha256(content)));
  }

  @Override
  public int compareTo(OciDigest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
