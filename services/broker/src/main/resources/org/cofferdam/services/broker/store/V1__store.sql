-- Version 1 of the store. Times are seconds since 1970-01-01T00:00:00Z; sealed columns are envelopes.

-- Keys of the server itself: name, and the key sealed under the store key.
CREATE TABLE system_key (
  name   TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
);

-- Secrets, every version sealed under a key of its own.
CREATE TABLE resource (
  path    TEXT    NOT NULL,
  version INTEGER NOT NULL,
  created INTEGER NOT NULL,
  sealed  BLOB    NOT NULL,
  PRIMARY KEY (path, version)
);

-- What a workload's evidence must match, and what the workload may have.
CREATE TABLE workload (
  name            TEXT PRIMARY KEY,
  version         INTEGER NOT NULL,
  changed         INTEGER NOT NULL,
  init_data       BLOB    NOT NULL,
  init_data_hash  BLOB    NOT NULL,
  reference_set   BLOB    NOT NULL,
  secrets         BLOB    NOT NULL,
  waivers         BLOB    NOT NULL
);
CREATE UNIQUE INDEX workload_init_data ON workload (init_data_hash);

-- A challenge is answered once.
CREATE TABLE used_nonce (
  nonce   BLOB PRIMARY KEY,
  expires INTEGER NOT NULL
);
CREATE INDEX used_nonce_expires ON used_nonce (expires);

-- The queue in front of the log: one row a record, and the content that records name.
CREATE TABLE outbox_state (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  next INTEGER NOT NULL
);
INSERT INTO outbox_state VALUES (1, 0);
CREATE TABLE outbox (
  seq    INTEGER PRIMARY KEY,
  record BLOB NOT NULL
);
CREATE TABLE outbox_content (
  seq      INTEGER NOT NULL,
  position INTEGER NOT NULL,
  bytes    BLOB    NOT NULL,
  PRIMARY KEY (seq, position)
);

-- The same decisions for people: with the failed checks in full.
CREATE TABLE decision (
  seq         INTEGER PRIMARY KEY,
  workload    TEXT NOT NULL,
  decision    TEXT NOT NULL,
  correlation TEXT NOT NULL,
  body        BLOB NOT NULL
);
CREATE INDEX decision_workload ON decision (workload, seq);
CREATE INDEX decision_correlation ON decision (correlation);
