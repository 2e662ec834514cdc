// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what another engine said, by a hash over all that it was asked: certificates and
 * collateral come back with every piece of evidence of a platform, only the evidence is new. The
 * signature itself is part of the hash, so that nothing but the very same question is answered from
 * memory. Time plays no part here: validity is looked at every time, elsewhere.
 */
public final class CachingSignatureEngine implements SignatureEngine {
  private final SignatureEngine engine;
  private final Map<Bytes, Boolean> answers;

  /**
   * @param kept answers to remember; the one not used for longest goes first
   */
  public CachingSignatureEngine(SignatureEngine engine, int kept) {
    this.engine = engine;
    this.answers =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Bytes, Boolean> eldest) {
            return size() > kept;
          }
        };
  }

  @Override
  public String name() {
    return engine.name() + ", with memory";
  }

  @Override
  public boolean verify(
      SignatureAlgorithm algorithm, Bytes spki, byte[] message, byte[] signature) {
    Bytes question = question(algorithm, spki, message, signature);
    Optional<Boolean> known;
    synchronized (answers) {
      known = Optional.ofNullable(answers.get(question));
    }
    if (known.isPresent()) {
      return known.get();
    }
    boolean answer = engine.verify(algorithm, spki, message, signature);
    synchronized (answers) {
      answers.put(question, answer);
    }
    return answer;
  }

  private static Bytes question(
      SignatureAlgorithm algorithm, Bytes spki, byte[] message, byte[] signature) {
    MessageDigest digest = Digests.start("SHA-256");
    byte[] key = spki.toArray();
    // Lengths go first: two questions must not share one stream of bytes.
    digest.update(
        ByteBuffer.allocate(16)
            .putInt(algorithm.name().hashCode())
            .putInt(key.length)
            .putInt(message.length)
            .putInt(signature.length)
            .array());
    digest.update(algorithm.jcaName().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    digest.update(key);
    digest.update(message);
    digest.update(signature);
    return Bytes.of(digest.digest());
  }
}
