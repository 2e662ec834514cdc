// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Append-only Merkle-tree log in C2SP tlog-tiles form, checkpoints, proofs. */
module org.cofferdam.core.ledger {
  requires static transitive org.jspecify;
  requires transitive org.cofferdam.core.attestation;
  requires transitive org.cofferdam.core.bytes;

  exports org.cofferdam.core.ledger;
  exports org.cofferdam.core.ledger.journal;
  exports org.cofferdam.core.ledger.monitor;
  exports org.cofferdam.core.ledger.note;
  exports org.cofferdam.core.ledger.replay;
  exports org.cofferdam.core.ledger.tiles;
  exports org.cofferdam.core.ledger.tree;
  exports org.cofferdam.core.ledger.witness;
}
