// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.layout;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.workload.images.Descriptor;

/** A blob that is hashed while it is read; its end is an error unless all fits the descriptor. */
final class CheckedStream extends FilterInputStream {
  private final Descriptor descriptor;
  private final MessageDigest digest = Digests.start("SHA-256");
  private long count;
  private boolean checked;

  CheckedStream(InputStream in, Descriptor descriptor) {
    super(in);
    this.descriptor = descriptor;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int at, int length) throws IOException {
    int read = super.read(target, at, length);
    if (read < 0) {
      if (!checked) {
        check();
        checked = true;
      }
      return read;
    }
    count += read;
    if (count > descriptor.size()) {
      throw malformed("size", "is " + descriptor.size() + ", the blob is longer");
    }
    digest.update(target, at, read);
    return read;
  }

  @Override
  public long skip(long length) throws IOException {
    return read(new byte[(int) Math.min(length, 1 << 16)]);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void check() {
    if (count != descriptor.size()) {
      throw malformed("size", "is " + descriptor.size() + ", the blob has " + count + " bytes");
    }
    String found = Hex.encode(digest.digest());
    if (!found.equals(descriptor.digest().hex())) {
      throw malformed("digest", "is " + descriptor.digest() + ", the blob has sha256:" + found);
    }
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException("OCI descriptor", field, -1, problem);
  }
}
