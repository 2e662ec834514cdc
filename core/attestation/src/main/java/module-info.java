// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Is it genuine and up to date (verify), do we accept it (appraise), EAR. */
module org.cofferdam.core.attestation {
  requires java.xml.crypto;
  requires static transitive org.jspecify;
  requires transitive org.cofferdam.core.reference;
  requires transitive org.cofferdam.core.evidence;
  requires transitive org.cofferdam.core.bytes;

  exports org.cofferdam.core.attestation;
  exports org.cofferdam.core.attestation.ear;
  exports org.cofferdam.core.attestation.ratls;
}
