-- Resource policies in Rego; the highest version is in force.
CREATE TABLE resource_policy (
  version INTEGER PRIMARY KEY,
  created INTEGER NOT NULL,
  rego    TEXT    NOT NULL
);
