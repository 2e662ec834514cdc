// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Cursors, codecs, JSON, digests, secret types and the signature engine. */
module org.cofferdam.core.bytes {
  requires static transitive org.jspecify;

  uses java.security.Provider;

  exports org.cofferdam.core.bytes;
  exports org.cofferdam.core.bytes.cbor;
  exports org.cofferdam.core.bytes.cose;
  exports org.cofferdam.core.bytes.der;
  exports org.cofferdam.core.bytes.json;
  exports org.cofferdam.core.bytes.x509;
}
