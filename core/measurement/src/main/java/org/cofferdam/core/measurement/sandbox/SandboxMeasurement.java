// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.cofferdam.core.bytes.Digests;

/**
 * MRENCLAVE as the development device computes it: SHA-256 over, for each thing added, {@code
 * "EADD"}, the length of its name (4 bytes, big endian) and the name, and for each chunk of its
 * content {@code "EEXT"}, its offset (8 bytes), its length (4 bytes) and the bytes. Content is cut
 * at every 65536th byte. It resembles what SGX does with pages and is none of it: a real enclave's
 * value is another.
 */
public final class SandboxMeasurement {
  private static final int CHUNK = 1 << 16;
  private static final byte[] ADD = "EADD".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EXTEND = "EEXT".getBytes(StandardCharsets.US_ASCII);

  private final MessageDigest digest = Digests.start("SHA-256");

  /** Nothing measured yet. */
  public SandboxMeasurement() {}

  /** A thing without content, or one whose content follows. */
  public void add(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    digest.update(ADD);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  /** All content of what was added last; nothing for empty content. */
  public void content(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long offset = 0;
    for (int n = in.readNBytes(chunk, 0, CHUNK); n > 0; n = in.readNBytes(chunk, 0, CHUNK)) {
      extend(offset, chunk, n);
      offset += n;
    }
  }

  /** A document as a whole. */
  public void document(String name, byte[] content) {
    add(name);
    byte[] chunk = new byte[CHUNK];
    for (int at = 0; at < content.length; at += CHUNK) {
      int length = Math.min(CHUNK, content.length - at);
      System.arraycopy(content, at, chunk, 0, length);
      extend(at, chunk, length);
    }
  }

  /** Ends the measurement; 32 bytes. */
  public byte[] mrEnclave() {
    return digest.digest();
  }

  private void extend(long offset, byte[] chunk, int length) {
    digest.update(EXTEND);
    digest.update(ByteBuffer.allocate(12).putLong(offset).putInt(length).flip());
    digest.update(chunk, 0, length);
  }
}
