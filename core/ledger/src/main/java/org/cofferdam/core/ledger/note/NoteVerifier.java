// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.note;

import java.util.Optional;

/** A key that can check a signature on a note, of whatever algorithm. */
public interface NoteVerifier {
  String name();

  /** As signature lines carry it. */
  int keyId();

  /** Whether {@code signature} (without the key id) is this key's on {@code text}. */
  boolean verifies(byte[] text, byte[] signature);

  /**
   * This key's good signature on the note. Lines of other keys do not matter; two lines under this
   * key's name and id are none, because one of them must be forged.
   */
  default Optional<NoteSignature> signatureOn(SignedNote note) {
    var mine =
        note.signatures().stream()
            .filter(s -> s.name().equals(name()) && s.keyId() == keyId())
            .toList();
    return mine.size() == 1 && verifies(note.signedBytes(), mine.getFirst().signature())
        ? Optional.of(mine.getFirst())
        : Optional.empty();
  }
}
