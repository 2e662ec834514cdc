// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.ledger.note.NoteSignature;
import org.cofferdam.core.ledger.note.SignedNote;
import org.cofferdam.core.ledger.note.VerifierKey;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.ledger.tree.MerkleTree;

/** The log's side of C2SP tlog-witness: one witness, asked by {@code add-checkpoint}. */
public final class WitnessClient {
  private static final int OK = 200;
  private static final int CONFLICT = 409;

  private final VerifierKey key;
  private final Transport transport;
  private long known;

  /**
   * @param key the witness's, of the cosignature type
   * @param transport posts to the witness's submission prefix
   */
  public WitnessClient(VerifierKey key, Transport transport) {
    this.key = key;
    this.transport = transport;
  }

  /** Name of the witness's key. */
  public String name() {
    return key.name();
  }

  /**
   * Asks for a cosignature, with a proof from the head that the witness knows.
   *
   * @param note the log's signed head
   * @param reader of that head's tree
   * @throws IOException where the witness does not answer, refuses, or sends no good cosignature
   */
  public NoteSignature cosign(SignedNote note, LogReader reader) throws IOException {
    Answer answer = transport.addCheckpoint(body(note, reader));
    if (answer.status() == CONFLICT) {
      // The witness says which head it knows: another holder of the log's key asked it before.
      known = size(answer.body(), reader.size());
      answer = transport.addCheckpoint(body(note, reader));
    }
    if (answer.status() != OK) {
      throw new IOException("witness " + name() + " answered " + answer.status());
    }
    NoteSignature cosignature = goodLine(note, answer.body());
    known = reader.size();
    return cosignature;
  }

  private String body(SignedNote note, LogReader reader) throws IOException {
    StringBuilder body = new StringBuilder("old ").append(known).append('\n');
    for (byte[] hash : MerkleTree.consistency(reader, known, reader.size())) {
      body.append(Base64.getEncoder().encodeToString(hash)).append('\n');
    }
    return body.append('\n') + new String(note.encode(), StandardCharsets.UTF_8);
  }

  private long size(String body, long largest) throws IOException {
    String text = body.strip();
    if (!text.matches("0|[1-9][0-9]{0,17}") || Long.parseLong(text) > largest) {
      throw new IOException("witness " + name() + " knows a head that this log does not have");
    }
    return Long.parseLong(text);
  }

  private NoteSignature goodLine(SignedNote note, String body) throws IOException {
    List<NoteSignature> lines = new ArrayList<>();
    try {
      body.lines().forEach(line -> lines.add(NoteSignature.parse(line)));
    } catch (MalformedEvidenceException e) {
      throw new IOException("witness " + name() + " sent no signature lines", e);
    }
    return key.signatureOn(new SignedNote(note.text(), lines))
        .orElseThrow(() -> new IOException("witness " + name() + " sent no good cosignature"));
  }

  /** How a request reaches the witness. */
  @FunctionalInterface
  public interface Transport {
    /** Posts the body, UTF-8, to {@code add-checkpoint}. */
    Answer addCheckpoint(String body) throws IOException;
  }

  /**
   * What came back.
   *
   * @param status of HTTP
   * @param body as text
   */
  public record Answer(int status, String body) {}
}
