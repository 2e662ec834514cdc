// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.ledger.tree.MerkleHash;
import org.cofferdam.core.ledger.tree.ProofCheck;

/**
 * Shows offline that an entry is in a log: index, audit path and signed checkpoint in one text
 * (C2SP tlog-proof v1).
 */
public final class LogProof {
  private static final String FORMAT = "tlog-proof";
  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final String INDEX = "index ";
  private static final int MAX_HASHES = 63;

  private final long index;
  private final List<byte[]> path;
  private final SignedNote checkpoint;

  /**
   * @param index of the entry
   * @param path from the leaf's sibling up
   * @param checkpoint of the tree that the path is for
   */
  public LogProof(long index, List<byte[]> path, SignedNote checkpoint) {
    this.index = index;
    this.path = path.stream().map(byte[]::clone).toList();
    this.checkpoint = checkpoint;
  }

  public long index() {
    return index;
  }

  public List<byte[]> path() {
    return path.stream().map(byte[]::clone).toList();
  }

  public SignedNote checkpoint() {
    return checkpoint;
  }

  /**
   * Whether the log that {@code key} belongs to has this very entry at {@link #index()}.
   *
   * @throws MalformedEvidenceException where the checkpoint is none of that log
   */
  public boolean proves(byte[] entry, NoteVerifier key, String origin) {
    Checkpoint head = Checkpoint.open(checkpoint, key, origin);
    return ProofCheck.inclusion(index, head.size(), MerkleHash.leaf(entry), path, head.root());
  }

  public String encode() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    text.append(INDEX).append(index).append('\n');
    path.forEach(hash -> text.append(Base64Text.encode(hash)).append('\n'));
    return text.append('\n') + new String(checkpoint.encode(), StandardCharsets.UTF_8);
  }

  /**
   * Reads the text form. An {@code extra} line is skipped: nothing signs it.
   *
   * @throws MalformedEvidenceException where it has another form
   */
  public static LogProof parse(byte[] utf8) {
    String text = decode(utf8);
    int blank = text.indexOf("\n\n");
    rule(blank >= 0, "separator", "is missing: no blank line before the checkpoint");
    List<String> lines = new ArrayList<>(List.of(text.substring(0, blank).split("\n", -1)));
    rule(lines.removeFirst().equals(HEADER), "header", "is not " + HEADER);
    if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) {
      Base64Text.decode(FORMAT, "extra", lines.removeFirst().substring("extra ".length()));
    }
    rule(!lines.isEmpty() && lines.getFirst().startsWith(INDEX), "index", "is missing");
    String index = lines.removeFirst().substring(INDEX.length());
    rule(index.matches("0|[1-9][0-9]{0,17}"), "index", "is no decimal number");
    rule(lines.size() <= MAX_HASHES, "path", "has more than " + MAX_HASHES + " hashes");
    List<byte[]> path = new ArrayList<>();
    for (String line : lines) {
      path.add(Base64Text.decode(FORMAT, "path", line));
      rule(path.getLast().length == MerkleHash.SIZE, "path", "has a hash that is not 32 bytes");
    }
    byte[] note = text.substring(blank + 2).getBytes(StandardCharsets.UTF_8);
    return new LogProof(Long.parseLong(index), path, SignedNote.parse(note));
  }

  private static String decode(byte[] utf8) {
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
