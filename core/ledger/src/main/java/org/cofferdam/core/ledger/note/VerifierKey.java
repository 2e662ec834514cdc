// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.note;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/** A public key that checks notes, in the form {@code name+keyid+base64} of C2SP signed-note. */
public final class VerifierKey implements NoteVerifier {
  private static final String FORMAT = "vkey";

  private final String name;
  private final SignatureType type;
  private final byte[] raw;
  private final PublicKey key;

  private VerifierKey(String name, SignatureType type, byte[] raw) {
    this.name = KeyName.check(name);
    this.type = type;
    this.raw = raw;
    this.key = Ed25519.publicKey(raw);
  }

  /** The verifier's side of a signing key. */
  public static VerifierKey of(String name, SignatureType type, PublicKey key) {
    return new VerifierKey(name, type, Ed25519.raw(key));
  }

  /**
   * Reads the text form.
   *
   * @throws MalformedEvidenceException where it has another form, an unknown type, or a key id that
   *     is not the key's
   */
  public static VerifierKey parse(String vkey) {
    int first = vkey.indexOf('+');
    int second = vkey.indexOf('+', first + 1);
    if (first < 0 || second < 0) {
      throw new MalformedEvidenceException(FORMAT, "vkey", -1, "is not name+keyid+key");
    }
    ByteReader reader =
        ByteReader.of(FORMAT, Base64Text.decode(FORMAT, "key", vkey.substring(second + 1)));
    int code = reader.u8("type");
    SignatureType type =
        Arrays.stream(SignatureType.values())
            .filter(t -> t.code() == code)
            .findFirst()
            .orElseThrow(() -> reader.malformed("type", "is unknown: " + code));
    byte[] raw = reader.bytes("key", Ed25519.PUBLIC_KEY_SIZE);
    reader.end("key");
    VerifierKey key = new VerifierKey(vkey.substring(0, first), type, raw);
    if (!vkey.equals(key.toString())) {
      throw new MalformedEvidenceException(FORMAT, "key id", -1, "is not the key's");
    }
    return key;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int keyId() {
    return type.keyId(name, raw);
  }

  public SignatureType type() {
    return type;
  }

  @Override
  public boolean verifies(byte[] text, byte[] signature) {
    return switch (type) {
      case ED25519 -> Ed25519.verify(key, text, signature);
      case COSIGNATURE ->
          signature.length == Cosignature.SIZE
              && Ed25519.verify(
                  key,
                  Cosignature.message(Cosignature.seconds(signature), text),
                  Arrays.copyOfRange(signature, Cosignature.TIME_SIZE, Cosignature.SIZE));
    };
  }

  /** The text form. */
  @Override
  public String toString() {
    byte[] typed = new byte[1 + raw.length];
    typed[0] = type.code();
    System.arraycopy(raw, 0, typed, 1, raw.length);
    return name + "+" + HexFormat.of().toHexDigits(keyId()) + "+" + Base64Text.encode(typed);
  }
}
