// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.monitor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.ContentStore;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.note.NoteVerifier;
import org.cofferdam.core.ledger.note.SignedNote;
import org.cofferdam.core.ledger.note.VerifierKey;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.ledger.tiles.TileBuilder;
import org.cofferdam.core.ledger.tiles.TilePath;
import org.cofferdam.core.ledger.tiles.TileSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole log and rebuilds it: every record must be one, every tile must be the one that the
 * records make, and the root must be the signed one.
 */
public final class Monitor {
  /** After so many problems the log is known to be broken. */
  private static final int ENOUGH = 100;

  private final TileSource source;
  private final NoteVerifier key;
  private final String origin;
  private final List<VerifierKey> witnesses;
  private final int quorum;
  private final List<String> problems = new ArrayList<>();
  private final Set<ContentDigest> known = new HashSet<>();
  private long contentMissing;

  /**
   * @param key the log's
   * @param origin name of the log
   * @param witnesses whose cosignatures count
   * @param quorum how many of them the head needs
   */
  public Monitor(
      TileSource source, NoteVerifier key, String origin, List<VerifierKey> witnesses, int quorum) {
    this.source = source;
    this.key = key;
    this.origin = origin;
    this.witnesses = List.copyOf(witnesses);
    this.quorum = quorum;
  }

  /**
   * Checks everything once.
   *
   * @param previous a head seen earlier, which the log must still begin with
   * @throws MalformedEvidenceException where the head is none of this log
   * @throws IOException where the source cannot be read
   */
  public Report check(@Nullable Checkpoint previous) throws IOException {
    SignedNote note =
        SignedNote.parse(
            source
                .read(TilePath.CHECKPOINT)
                .orElseThrow(() -> new IOException("there is no checkpoint")));
    Checkpoint head = Checkpoint.open(note, key, origin);
    List<String> cosigned =
        witnesses.stream()
            .filter(witness -> witness.signatureOn(note).isPresent())
            .map(VerifierKey::name)
            .toList();
    if (cosigned.size() < quorum) {
      problems.add(cosigned.size() + " witnesses cosigned the head, not " + quorum);
    }
    if (previous != null && previous.size() > head.size()) {
      problems.add("the log shrank from " + previous.size() + " to " + head.size() + " records");
    }
    long checked = rebuild(head, previous);
    return new Report(head, checked, contentMissing, cosigned, problems);
  }

  private long rebuild(Checkpoint head, @Nullable Checkpoint previous) {
    LogReader reader = new LogReader(source, head.size());
    TileBuilder rebuilt = new TileBuilder();
    try {
      compare(previous, rebuilt);
      while (rebuilt.size() < head.size() && problems.size() < ENOUGH) {
        for (byte[] entry : reader.bundle(rebuilt.size() / TilePath.WIDTH)) {
          checkRecord(rebuilt.size(), entry);
          rebuilt.add(entry, this::compare);
          compare(previous, rebuilt);
        }
      }
      for (Map.Entry<String, byte[]> partial : rebuilt.partials().entrySet()) {
        compare(partial.getKey(), partial.getValue());
      }
    } catch (IOException | MalformedEvidenceException e) {
      problems.add("after record " + rebuilt.size() + ": " + e.getMessage());
    }
    if (!Digests.equal(rebuilt.root(), head.root())) {
      problems.add("the records do not have the root that is signed");
    }
    return rebuilt.size();
  }

  private void compare(@Nullable Checkpoint previous, TileBuilder rebuilt) {
    if (previous != null
        && previous.size() == rebuilt.size()
        && !Digests.equal(previous.root(), rebuilt.root())) {
      problems.add("the first " + previous.size() + " records are not those seen earlier");
    }
  }

  private void compare(String path, byte[] wanted) throws IOException {
    Optional<byte[]> found = source.read(path);
    if (found.isEmpty()) {
      problems.add(path + " is missing");
    } else if (!Arrays.equals(found.get(), wanted)) {
      problems.add(path + " is not what the records make");
    }
  }

  private void checkRecord(long index, byte[] entry) throws IOException {
    try {
      for (ContentDigest digest : LedgerRecord.decode(entry).digests()) {
        if (known.add(digest) && !kept(digest)) {
          contentMissing++;
        }
      }
    } catch (MalformedEvidenceException e) {
      problems.add("record " + index + ": " + e.getMessage());
    }
  }

  private boolean kept(ContentDigest digest) throws IOException {
    Optional<byte[]> content = source.read(ContentStore.path(digest));
    if (content.isPresent() && !ContentDigest.of(content.get()).equals(digest)) {
      problems.add(ContentStore.path(digest) + " holds other content than its name says");
    }
    return content.isPresent();
  }
}
