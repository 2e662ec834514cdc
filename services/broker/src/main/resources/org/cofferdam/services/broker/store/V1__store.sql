-- Version 1 of the store. Times are seconds since 1970-01-01T00:00:00Z; sealed columns are envelopes.

-- Keys of the server itself: name, and the key sealed under the store key.
CREATE TABLE system_key (
  name   TEXT PRIMARY KEY,
  sealed ${bytes} NOT NULL
);

-- Secrets, every version sealed under a key of its own.
CREATE TABLE resource (
  path    TEXT    NOT NULL,
  version ${number} NOT NULL,
  created ${number} NOT NULL,
  sealed  ${bytes}    NOT NULL,
  PRIMARY KEY (path, version)
);

-- What a workload's evidence must match, and what the workload may have.
CREATE TABLE workload (
  name            TEXT PRIMARY KEY,
  version         ${number} NOT NULL,
  changed         ${number} NOT NULL,
  init_data       ${bytes}    NOT NULL,
  init_data_hash  ${bytes}    NOT NULL,
  reference_set   ${bytes}    NOT NULL,
  secrets         ${bytes}    NOT NULL,
  waivers         ${bytes}    NOT NULL
);
CREATE UNIQUE INDEX workload_init_data ON workload (init_data_hash);

-- A challenge is answered once.
CREATE TABLE used_nonce (
  nonce   ${bytes} PRIMARY KEY,
  expires ${number} NOT NULL
);
CREATE INDEX used_nonce_expires ON used_nonce (expires);

-- The queue in front of the log: one row a record, and the content that records name.
CREATE TABLE outbox_state (
  one  ${number} PRIMARY KEY CHECK (one = 1),
  next ${number} NOT NULL
);
INSERT INTO outbox_state VALUES (1, 0);
CREATE TABLE outbox (
  seq    ${number} PRIMARY KEY,
  record ${bytes} NOT NULL
);
CREATE TABLE outbox_content (
  seq      ${number} NOT NULL,
  position ${number} NOT NULL,
  bytes    ${bytes}    NOT NULL,
  PRIMARY KEY (seq, position)
);

-- The same decisions for people: with the failed checks in full.
CREATE TABLE decision (
  seq         ${number} PRIMARY KEY,
  workload    TEXT NOT NULL,
  decision    TEXT NOT NULL,
  correlation TEXT NOT NULL,
  body        ${bytes} NOT NULL
);
CREATE INDEX decision_workload ON decision (workload, seq);
CREATE INDEX decision_correlation ON decision (correlation);
