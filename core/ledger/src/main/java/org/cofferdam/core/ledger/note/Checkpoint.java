// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.note;

import java.util.Arrays;
import java.util.List;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.ledger.tree.MerkleHash;

/** A log's head: how many entries, and the root over them (C2SP tlog-checkpoint). */
public final class Checkpoint {
  private static final String FORMAT = "checkpoint";

  private final String origin;
  private final long size;
  private final byte[] root;
  private final List<String> extensions;

  /**
   * @param origin unique name of the log
   * @param size number of entries
   * @param root RFC 6962 root over them
   * @param extensions further lines, opaque
   */
  public Checkpoint(String origin, long size, byte[] root, List<String> extensions) {
    rule(!origin.isEmpty() && !origin.contains("\n"), "origin", "is empty or has a newline");
    rule(size >= 0, "size", "is negative");
    rule(root.length == MerkleHash.SIZE, "root", "is not a hash of 32 bytes");
    rule(
        extensions.stream().noneMatch(e -> e.isEmpty() || e.contains("\n")),
        "extension line",
        "is empty or has a newline");
    this.origin = origin;
    this.size = size;
    this.root = root.clone();
    this.extensions = List.copyOf(extensions);
  }

  /**
   * Reads a note's text, without believing it.
   *
   * @throws MalformedEvidenceException where it is no checkpoint
   */
  public static Checkpoint parse(String text) {
    rule(text.endsWith("\n"), "text", "does not end in a newline");
    List<String> lines = Arrays.asList(text.substring(0, text.length() - 1).split("\n", -1));
    rule(lines.size() >= 3, "text", "has fewer than three lines");
    return new Checkpoint(
        lines.get(0),
        size(lines.get(1)),
        Base64Text.decode(FORMAT, "root", lines.get(2)),
        lines.subList(3, lines.size()));
  }

  /**
   * Reads a signed checkpoint and believes it if {@code log} signed it and its origin is the one
   * wanted.
   *
   * @throws MalformedEvidenceException where the form, the origin or the signature is wrong
   */
  public static Checkpoint open(SignedNote note, NoteVerifier log, String origin) {
    Checkpoint checkpoint = parse(note.text());
    rule(checkpoint.origin.equals(origin), "origin", "is not " + origin);
    rule(log.signatureOn(note).isPresent(), "signature", "is not a good one of " + log.name());
    return checkpoint;
  }

  public String origin() {
    return origin;
  }

  public long size() {
    return size;
  }

  public byte[] root() {
    return root.clone();
  }

  public List<String> extensions() {
    return extensions;
  }

  /** The text that is signed. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(origin).append('\n').append(size).append('\n');
    text.append(Base64Text.encode(root)).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  @Override
  public String toString() {
    return origin + " " + size + " " + Hex.encode(root);
  }

  private static long size(String text) {
    rule(text.matches("0|[1-9][0-9]{0,18}"), "size", "is no decimal number");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new MalformedEvidenceException(FORMAT, "size", -1, "is 2^63 or more");
    }
  }

  private static void rule(boolean holds, String field, String problem) {
    if (!holds) {
      throw new MalformedEvidenceException(FORMAT, field, -1, problem);
    }
  }
}
