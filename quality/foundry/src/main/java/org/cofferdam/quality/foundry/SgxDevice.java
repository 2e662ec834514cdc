// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;

/**
 * The development SGX: a process with a Unix socket that measures what a client loads, and quotes
 * it under the foundry's root. It stands where the CPU stands: the client cannot choose a
 * measurement, it can only send what is measured. It protects nothing.
 *
 * <p>One connection is one enclave. A frame is its length (4 bytes, big endian, of what follows),
 * an operation (1 byte) and a body. Each frame is answered by one: operation 0 and a body, or
 * operation 0xff and a text that says what is wrong.
 *
 * <ul>
 *   <li>1 ADD: path length (2 bytes), path (UTF-8). The following chunks are of this file.
 *   <li>2 EXTEND: offset (8 bytes), at most 65536 bytes. Measured with path and offset.
 *   <li>3 INIT: signer (32 bytes), product (2), SVN (2), debug (1). Answer: MRENCLAVE.
 *   <li>4 QUOTE: report data (64 bytes). Answer: a quote of version 3.
 *   <li>5 COLLATERAL: nothing. Answer: one JSON object of strings.
 *   <li>6 ROOT: nothing. Answer: the root's SubjectPublicKeyInfo, DER.
 * </ul>
 *
 * <p>MRENCLAVE is SHA-256 over, for each ADD, {@code "EADD"}, path length (4 bytes) and path, and
 * for each EXTEND, {@code "EEXT"}, offset (8 bytes), length (4 bytes) and the bytes.
 */
public final class SgxDevice {
  private static final int ADD = 1;
  private static final int EXTEND = 2;
  private static final int INIT = 3;
  private static final int QUOTE = 4;
  private static final int COLLATERAL = 5;
  private static final int ROOT = 6;
  private static final int OK = 0;
  private static final int ERROR = 0xff;
  private static final int MOST = 1 << 17;
  private static final int MOST_CHUNK = 1 << 16;
  private static final int DEBUG = 2;

  private final TestIntel intel;

  public SgxDevice(TestIntel intel) {
    this.intel = intel;
  }

  /**
   * Serves until it is killed. The one argument is the path of the socket; the root's key is
   * written beside it as {@code PATH.root.der}.
   */
  public static void main(String[] args) throws IOException {
    Path socket = Path.of(args[0]);
    TestIntel intel = new TestIntel(Instant.now(), Hook.none());
    Files.write(Path.of(args[0] + ".root.der"), intel.root().publicKey());
    Files.deleteIfExists(socket);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      System.out.println("development SGX ready at " + socket);
      while (true) {
        SocketChannel client = server.accept();
        Thread.ofVirtual().start(() -> new SgxDevice(intel).serve(client));
      }
    } finally {
      Files.deleteIfExists(socket);
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        DataInputStream in = new DataInputStream(Channels.newInputStream(client));
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(client))) {
      converse(in, out);
    } catch (IOException e) {
      System.err.println("development SGX: a client left: " + e.getMessage());
    }
  }

  /** Answers frames until the input ends. */
  public void converse(DataInputStream in, DataOutputStream out) throws IOException {
    Enclave enclave = new Enclave();
    while (true) {
      int length;
      try {
        length = in.readInt();
      } catch (EOFException end) {
        return;
      }
      if (length < 1 || length > MOST) {
        throw new IOException("a frame of " + length + " bytes");
      }
      byte[] frame = in.readNBytes(length);
      if (frame.length < length) {
        throw new EOFException("inside a frame");
      }
      byte[] answer;
      int status = OK;
      try {
        answer = answer(enclave, frame[0], Arrays.copyOfRange(frame, 1, length));
      } catch (IllegalArgumentException | IllegalStateException e) {
        status = ERROR;
        answer = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
      }
      out.writeInt(answer.length + 1);
      out.writeByte(status);
      out.write(answer);
      out.flush();
    }
  }

  private byte[] answer(Enclave enclave, int operation, byte[] body) {
    return switch (operation) {
      case ADD -> enclave.add(body);
      case EXTEND -> enclave.extend(body);
      case INIT -> enclave.init(body);
      case QUOTE -> intel.sgxQuote(enclave.report(body));
      case COLLATERAL -> intel.collateral(false);
      case ROOT -> intel.root().publicKey();
      default -> throw new IllegalArgumentException("operation " + operation + " is unknown");
    };
  }

  /** What one client loaded so far. */
  private static final class Enclave {
    private final MessageDigest digest;
    private boolean file;
    private byte[] measurement = new byte[0];
    private byte[] signer = new byte[0];
    private int product;
    private int svn;
    private boolean debug;

    Enclave() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    byte[] add(byte[] body) {
      loading();
      if (body.length < 2) {
        throw new IllegalArgumentException("ADD needs a path");
      }
      ByteBuffer buffer = ByteBuffer.wrap(body);
      int length = buffer.getShort() & 0xffff;
      if (length == 0 || length != buffer.remaining()) {
        throw new IllegalArgumentException("the path's length does not fit");
      }
      digest.update("EADD".getBytes(StandardCharsets.US_ASCII));
      digest.update(ByteBuffer.allocate(4).putInt(length).array());
      digest.update(body, 2, length);
      file = true;
      return new byte[0];
    }

    byte[] extend(byte[] body) {
      loading();
      if (!file) {
        throw new IllegalStateException("EXTEND before ADD");
      }
      if (body.length < 8 || body.length - 8 > MOST_CHUNK) {
        throw new IllegalArgumentException("EXTEND needs an offset and at most 65536 bytes");
      }
      digest.update("EEXT".getBytes(StandardCharsets.US_ASCII));
      digest.update(body, 0, 8);
      digest.update(ByteBuffer.allocate(4).putInt(body.length - 8).array());
      digest.update(body, 8, body.length - 8);
      return new byte[0];
    }

    byte[] init(byte[] body) {
      loading();
      if (body.length != 37 || body[36] < 0 || body[36] > 1) {
        throw new IllegalArgumentException("INIT needs signer, product, SVN and debug");
      }
      ByteBuffer buffer = ByteBuffer.wrap(body);
      signer = new byte[32];
      buffer.get(signer);
      product = buffer.getShort() & 0xffff;
      svn = buffer.getShort() & 0xffff;
      debug = buffer.get() == 1;
      measurement = digest.digest();
      return measurement.clone();
    }

    EnclaveIdentityOf report(byte[] reportData) {
      if (measurement.length == 0) {
        throw new IllegalStateException("QUOTE before INIT");
      }
      if (reportData.length != 64) {
        throw new IllegalArgumentException("report data has 64 bytes");
      }
      long flags = EnclaveIdentityOf.PRODUCTION | (debug ? DEBUG : 0);
      return new EnclaveIdentityOf(measurement, signer, product, svn, flags, reportData);
    }

    private void loading() {
      if (measurement.length > 0) {
        throw new IllegalStateException("the enclave is initialised: nothing can be added");
      }
    }
  }
}
