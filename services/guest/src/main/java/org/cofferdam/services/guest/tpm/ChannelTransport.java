// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * Commands and responses over a byte channel without framing of its own, as the Linux device and
 * the data socket of swtpm have it: the size in the response's header tells where it ends.
 */
public final class ChannelTransport implements TpmTransport {
  private static final int HEADER = 10;
  private static final int LARGEST = 4096;

  private final ByteChannel channel;

  private ChannelTransport(ByteChannel channel) {
    this.channel = channel;
  }

  /** A TPM character device; {@code /dev/tpmrm0} so that the kernel keeps handles apart. */
  public static ChannelTransport device(Path device) throws IOException {
    return new ChannelTransport(
        FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** The data socket of a software TPM. */
  public static ChannelTransport unix(Path socket) throws IOException {
    return new ChannelTransport(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  @Override
  public byte[] transmit(byte[] command) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(command);
    while (out.hasRemaining()) {
      channel.write(out);
    }
    ByteBuffer in = ByteBuffer.allocate(LARGEST);
    fill(in, HEADER);
    int size = in.getInt(2);
    if (size < HEADER || size > LARGEST) {
      throw new MalformedEvidenceException("TPM response", "responseSize", 2, "is " + size);
    }
    fill(in, size);
    if (in.position() != size) {
      throw new MalformedEvidenceException("TPM response", "end", size, "more bytes follow");
    }
    byte[] response = new byte[size];
    in.flip().get(response);
    return response;
  }

  private void fill(ByteBuffer in, int size) throws IOException {
    while (in.position() < size) {
      if (channel.read(in) < 0) {
        throw new EOFException("the TPM closed the connection");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
