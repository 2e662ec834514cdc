// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Instant;

/** A private key that signs notes, for the log or for a witness. */
public final class NoteSigner {
  private final PrivateKey privateKey;
  private final VerifierKey logKey;
  private final VerifierKey witnessKey;

  /**
   * @param name of the key; for a log it is also the origin of its checkpoints
   * @param pair Ed25519
   */
  public NoteSigner(String name, KeyPair pair) {
    privateKey = pair.getPrivate();
    logKey = VerifierKey.of(name, SignatureType.ED25519, pair.getPublic());
    witnessKey = VerifierKey.of(name, SignatureType.COSIGNATURE, pair.getPublic());
  }

  /** What checks {@link #sign}. */
  public VerifierKey logKey() {
    return logKey;
  }

  /** What checks {@link #cosign}. */
  public VerifierKey witnessKey() {
    return witnessKey;
  }

  /** Signs as the log does. */
  public NoteSignature sign(String text) {
    byte[] signed = text.getBytes(StandardCharsets.UTF_8);
    return new NoteSignature(logKey.name(), logKey.keyId(), Ed25519.sign(privateKey, signed));
  }

  /** Signs as a witness does. */
  public NoteSignature cosign(String text, Instant time) {
    byte[] message =
        Cosignature.message(time.getEpochSecond(), text.getBytes(StandardCharsets.UTF_8));
    byte[] signature =
        ByteBuffer.allocate(Cosignature.SIZE)
            .putLong(time.getEpochSecond())
            .put(Ed25519.sign(privateKey, message))
            .array();
    return new NoteSignature(witnessKey.name(), witnessKey.keyId(), signature);
  }
}
