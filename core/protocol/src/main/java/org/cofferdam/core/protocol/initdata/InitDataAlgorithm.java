// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.initdata;

import java.util.Optional;
import org.cofferdam.core.bytes.Digests;

/** The hash functions that init-data may name. */
public enum InitDataAlgorithm {
  SHA256("sha256", "SHA-256"),
  SHA384("sha384", "SHA-384"),
  SHA512("sha512", "SHA-512");

  private final String word;
  private final String jca;

  InitDataAlgorithm(String word, String jca) {
    this.word = word;
    this.jca = jca;
  }

  /** As init-data spells it. */
  public String word() {
    return word;
  }

  public static Optional<InitDataAlgorithm> of(String word) {
    for (InitDataAlgorithm algorithm : values()) {
      if (algorithm.word.equals(word)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  byte[] digest(byte[] content) {
    return Digests.start(jca).digest(content);
  }
}
