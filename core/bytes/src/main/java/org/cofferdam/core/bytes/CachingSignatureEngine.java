// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Remembers what another engine said of certificates and collateral, which come back with every
 * piece of evidence of a platform; the signature over the evidence itself is new and is always
 * verified. The whole question is the key, byte for byte, so that nothing but the very same one is
 * answered from memory. Time plays no part here: validity is looked at every time, elsewhere.
 */
public final class CachingSignatureEngine implements SignatureEngine {
  /** Bytes that one question may take on average, more than certificates and collateral do. */
  private static final int SHARE = 8 << 10;

  private final SignatureEngine engine;
  private final int kept;
  private final Map<Question, Boolean> answers = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  private record Question(Bytes scheme, Bytes spki, Bytes message, Bytes signature) {
    @Override
    public int hashCode() {
      return 31 * message.hashCode() + signature.hashCode();
    }

    int bytes() {
      return spki.length() + message.length() + signature.length();
    }
  }

  /**
   * @param kept answers to remember, with 8 KiB for each on average, since anybody may send long
   *     certificates; the one not used for longest goes first
   */
  public CachingSignatureEngine(SignatureEngine engine, int kept) {
    this.engine = engine;
    this.kept = kept;
  }

  @Override
  public String name() {
    return engine.name() + ", with memory";
  }

  @Override
  public boolean verify(
      SignatureAlgorithm algorithm, Bytes spki, byte[] message, byte[] signature) {
    return engine.verify(algorithm, spki, message, signature);
  }

  @Override
  public boolean recurring(
      Bytes scheme, Bytes spki, Bytes message, Bytes signature, BooleanSupplier answer) {
    Question question = new Question(scheme, spki, message, signature);
    Boolean known;
    synchronized (answers) {
      known = answers.get(question);
    }
    if (known != null) {
      return known;
    }
    boolean given = answer.getAsBoolean();
    remember(question, given);
    return given;
  }

  private void remember(Question question, boolean given) {
    synchronized (answers) {
      if (answers.put(question, given) == null) {
        bytes += question.bytes();
      }
      Iterator<Question> oldest = answers.keySet().iterator();
      while (answers.size() > kept || bytes > (long) SHARE * kept) {
        bytes -= oldest.next().bytes();
        oldest.remove();
      }
    }
  }
}
