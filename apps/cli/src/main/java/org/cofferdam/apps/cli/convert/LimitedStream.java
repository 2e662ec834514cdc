// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.convert;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails where it is longer than it should be. */
final class LimitedStream extends FilterInputStream {
  private long left;

  LimitedStream(InputStream in, long most) {
    super(in);
    this.left = most;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int n = in.read(bytes, from, length);
    count(Math.max(n, 0));
    return n;
  }

  private void count(int n) throws IOException {
    left -= n;
    if (left < 0) {
      throw new IOException("There is more than was announced.");
    }
  }
}
