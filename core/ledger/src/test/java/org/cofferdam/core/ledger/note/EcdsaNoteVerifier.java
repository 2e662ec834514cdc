// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.note;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import org.cofferdam.core.bytes.Digests;

/** The ECDSA notes of Rekor v1, to read its checkpoints in tests. */
public record EcdsaNoteVerifier(String name, PublicKey key) implements NoteVerifier {
  @Override
  public int keyId() {
    return ByteBuffer.wrap(Digests.sha256(key.getEncoded())).getInt();
  }

  @Override
  public boolean verifies(byte[] text, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(key);
      verifier.update(text);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
