// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * Text with signature lines below it (C2SP signed-note). Having one says nothing about who signed:
 * ask a {@link VerifierKey}.
 *
 * @param text with its final newline, without the blank line
 * @param signatures at least one
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
  static final String FORMAT = "signed note";

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_SIGNATURES = 64;

  public SignedNote {
    signatures = List.copyOf(signatures);
  }

  /**
   * Reads a note.
   *
   * @throws MalformedEvidenceException where it has another form
   */
  public static SignedNote parse(byte[] utf8) {
    String all = decode(utf8);
    rule(all.chars().noneMatch(c -> c < 0x20 && c != '\n'), "text", "has a control character");
    // The text may have empty lines itself: the last one separates.
    int blank = all.lastIndexOf("\n\n");
    rule(blank >= 0, "separator", "is missing: no blank line before the signatures");
    String below = all.substring(blank + 2);
    rule(!below.isEmpty(), "signatures", "are missing");
    rule(below.endsWith("\n"), "signatures", "do not end in a newline");
    String[] lines = below.substring(0, below.length() - 1).split("\n", -1);
    rule(lines.length <= MAX_SIGNATURES, "signatures", "are more than " + MAX_SIGNATURES);
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : lines) {
      signatures.add(NoteSignature.parse(line));
    }
    return new SignedNote(all.substring(0, blank + 1), signatures);
  }

  /** The bytes that keys sign. */
  public byte[] signedBytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The note as it is stored and sent. */
  public byte[] encode() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()).append('\n'));
    return note.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The same text with more signature lines. */
  public SignedNote with(List<NoteSignature> more) {
    List<NoteSignature> all = new ArrayList<>(signatures);
    all.addAll(more);
    return new SignedNote(text, all);
  }

  private static String decode(byte[] utf8) {
    rule(utf8.length <= MAX_BYTES, "note", "is longer than " + MAX_BYTES + " bytes");
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedEvidenceException(FORMAT, "text", -1, "is not UTF-8");
    }
  }

  private static void rule(boolean holds, String field, String problem) {
    if (!holds) {
      throw new MalformedEvidenceException(FORMAT, field, -1, problem);
    }
  }
}
