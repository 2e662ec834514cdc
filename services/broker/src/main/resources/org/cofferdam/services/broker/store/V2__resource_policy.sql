-- Resource policies in Rego; the highest version is in force.
CREATE TABLE resource_policy (
  version ${number} PRIMARY KEY,
  created ${number} NOT NULL,
  rego    TEXT    NOT NULL
);
