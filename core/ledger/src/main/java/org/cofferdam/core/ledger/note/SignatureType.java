// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.cofferdam.core.bytes.Digests;

/** What a key signs when it signs a note: the type byte of C2SP signed-note. */
public enum SignatureType {
  /** Plain Ed25519 over the text: the log itself. */
  ED25519(0x01),
  /** A witness's Ed25519 cosignature with a time (C2SP tlog-cosignature, v1). */
  COSIGNATURE(0x04);

  private final byte code;

  SignatureType(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  /** First four bytes of the hash over name, type and key, big endian. */
  int keyId(String name, byte[] key) {
    byte[] prefix = (name + "\n").getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(Digests.sha256(prefix, new byte[] {code}, key)).getInt();
  }
}
