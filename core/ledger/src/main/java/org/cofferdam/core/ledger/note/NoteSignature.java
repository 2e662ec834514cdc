// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.note;

import java.nio.ByteBuffer;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/** One signature line of a note: who signed with which key, and the signature. */
public final class NoteSignature {
  private static final String MARK = "— ";

  private final String name;
  private final int keyId;
  private final byte[] signature;

  /**
   * @param name of the key
   * @param keyId first four bytes of the key's hash, big endian
   * @param signature without the key id, at least one byte
   */
  public NoteSignature(String name, int keyId, byte[] signature) {
    this.name = KeyName.check(name);
    this.keyId = keyId;
    this.signature = signature.clone();
  }

  public String name() {
    return name;
  }

  public int keyId() {
    return keyId;
  }

  public byte[] signature() {
    return signature.clone();
  }

  /** The line, without its newline. */
  public String line() {
    ByteBuffer bytes = ByteBuffer.allocate(4 + signature.length).putInt(keyId).put(signature);
    return MARK + name + " " + Base64Text.encode(bytes.array());
  }

  /**
   * Reads a line without its newline.
   *
   * @throws MalformedEvidenceException where it has another form
   */
  public static NoteSignature parse(String line) {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(MARK) || space < MARK.length()) {
      throw new MalformedEvidenceException(
          SignedNote.FORMAT, "signature line", -1, "is not a dash, a name and a signature");
    }
    byte[] bytes = Base64Text.decode(SignedNote.FORMAT, "signature", line.substring(space + 1));
    ByteReader reader = ByteReader.of(SignedNote.FORMAT, bytes);
    int keyId = (int) reader.u32be("key id");
    if (reader.remaining() == 0) {
      throw reader.malformed("signature", "is empty");
    }
    return new NoteSignature(
        line.substring(MARK.length(), space), keyId, reader.bytes("signature", reader.remaining()));
  }
}
