// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** What the hardware said: one package per format, strict parsers, typed records. */
module org.cofferdam.core.evidence {
  requires static transitive org.jspecify;
  requires transitive org.cofferdam.core.bytes;

  exports org.cofferdam.core.evidence.eventlog;
  exports org.cofferdam.core.evidence.tpm;
}
