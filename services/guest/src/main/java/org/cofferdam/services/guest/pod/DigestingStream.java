// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.pod;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;

/** Hashes the bytes that go through. */
final class DigestingStream extends FilterOutputStream {
  private final MessageDigest sha256 = Digests.start("SHA-256");

  DigestingStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    sha256.update((byte) b);
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    sha256.update(bytes, from, length);
    out.write(bytes, from, length);
  }

  /** Hex SHA-256 of all that went through. */
  String digest() {
    return Hex.encode(sha256.digest());
  }
}
