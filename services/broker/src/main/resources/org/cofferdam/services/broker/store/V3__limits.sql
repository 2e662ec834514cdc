-- Raised with every change of what decisions are made with, so that no server decides on what it
-- remembers from before.
CREATE TABLE revision (
  one   ${number} PRIMARY KEY CHECK (one = 1),
  value ${number} NOT NULL
);
INSERT INTO revision VALUES (1, 0);

-- How long and how often a resource may be handed out; empty columns set no limit.
CREATE TABLE resource_rule (
  path         TEXT PRIMARY KEY,
  not_after    ${number},
  max_releases ${number},
  released     ${number} NOT NULL
);

-- What gets nothing any more, whatever else is said of it.
CREATE TABLE revocation (
  kind    TEXT NOT NULL,
  value   TEXT NOT NULL,
  created ${number} NOT NULL,
  reason  TEXT NOT NULL,
  PRIMARY KEY (kind, value)
);

-- Guests that passed, by the SHA-256 of their session: any server can verify their evidence again.
CREATE TABLE attested (
  id       ${bytes} PRIMARY KEY,
  seq      ${number} NOT NULL,
  record   ${bytes}  NOT NULL,
  workload TEXT      NOT NULL,
  version  ${number} NOT NULL,
  expires  ${number} NOT NULL
);
CREATE INDEX attested_expires ON attested (expires);

-- The latest time that was acted upon: a clock that is set back does not bring anything back.
CREATE TABLE clock_mark (
  one   ${number} PRIMARY KEY CHECK (one = 1),
  value ${number} NOT NULL
);
INSERT INTO clock_mark VALUES (1, 0);
