// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One enclave of the development device, over its Unix socket: what is sent is measured, then
 * quoted. Frames are a length (4 bytes, big endian), an operation and a body; each is answered by
 * one whose operation is 0, or 0xff and a text.
 */
final class DevelopmentDevice implements AutoCloseable {
  private static final int ADD = 1;
  private static final int EXTEND = 2;
  private static final int INIT = 3;
  private static final int QUOTE = 4;
  private static final int CHUNK = 1 << 16;
  private static final int LONGEST_ANSWER = 1 << 20;
  private static final int INIT_BODY = 37;

  private final SocketChannel socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  private DevelopmentDevice(SocketChannel socket) {
    this.socket = socket;
    this.in = new DataInputStream(Channels.newInputStream(socket));
    this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(socket)));
  }

  static DevelopmentDevice connect(Path path) throws IOException {
    return new DevelopmentDevice(SocketChannel.open(UnixDomainSocketAddress.of(path)));
  }

  /** Adds a thing by its name. */
  void add(String name) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    out.writeInt(3 + bytes.length);
    out.writeByte(ADD);
    out.writeShort(bytes.length);
    out.write(bytes);
    answer();
  }

  /** The content of what was added last. */
  void content(InputStream content) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long offset = 0;
    for (int n = content.readNBytes(chunk, 0, CHUNK);
        n > 0;
        n = content.readNBytes(chunk, 0, CHUNK)) {
      out.writeInt(9 + n);
      out.writeByte(EXTEND);
      out.writeLong(offset);
      out.write(chunk, 0, n);
      answer();
      offset += n;
    }
  }

  /** Ends loading: an enclave without signer, of product 0 and SVN 0, not to be debugged. */
  byte[] init() throws IOException {
    out.writeInt(1 + INIT_BODY);
    out.writeByte(INIT);
    out.write(new byte[INIT_BODY]);
    return answer();
  }

  /**
   * A quote of version 3.
   *
   * @param reportData 64 bytes
   */
  synchronized byte[] quote(byte[] reportData) throws IOException {
    out.writeInt(1 + reportData.length);
    out.writeByte(QUOTE);
    out.write(reportData);
    return answer();
  }

  private byte[] answer() throws IOException {
    out.flush();
    int length = in.readInt();
    if (length < 1 || length > LONGEST_ANSWER) {
      throw new IOException("the device answers with " + length + " bytes");
    }
    int status = in.readUnsignedByte();
    byte[] body = in.readNBytes(length - 1);
    if (body.length < length - 1) {
      throw new EOFException("the device left");
    }
    if (status != 0) {
      throw new IOException("the device says: " + new String(body, StandardCharsets.UTF_8));
    }
    return body;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
