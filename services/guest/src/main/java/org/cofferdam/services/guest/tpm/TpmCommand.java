// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.cofferdam.core.bytes.ByteReader;

/**
 * Writes one command (TPM 2.0 Part 1, 18): header, handles, authorizations, parameters, all big
 * endian. Handles and authorizations come before the first parameter.
 */
final class TpmCommand {
  private static final int NO_SESSIONS = 0x8001;
  private static final int SESSIONS = 0x8002;
  private static final int PASSWORD = 0x40000009;

  private final String name;
  private final int code;
  private final ByteArrayOutputStream handles = new ByteArrayOutputStream();
  private final ByteArrayOutputStream authorizations = new ByteArrayOutputStream();
  private final ByteArrayOutputStream parameters = new ByteArrayOutputStream();

  TpmCommand(String name, int code) {
    this.name = name;
    this.code = code;
  }

  TpmCommand handle(int handle) {
    u32(handles, handle);
    return this;
  }

  /** The empty password for the next handle that needs an authorization. */
  TpmCommand emptyPassword() {
    return session(PASSWORD);
  }

  /** A policy session for the next handle that needs an authorization; it ends with the command. */
  TpmCommand policy(int session) {
    return session(session);
  }

  TpmCommand u8(int value) {
    parameters.write(value);
    return this;
  }

  TpmCommand u16(int value) {
    u16(parameters, value);
    return this;
  }

  TpmCommand u32(int value) {
    u32(parameters, value);
    return this;
  }

  TpmCommand bytes(byte[] value) {
    parameters.writeBytes(value);
    return this;
  }

  /** A TPM2B: 16 bits of size, then the bytes. */
  TpmCommand sized(byte[] value) {
    return u16(value.length).bytes(value);
  }

  /**
   * Sends the command; answers a reader over the response's handles and parameters. The sessions'
   * answers are left out: with passwords and policies there is nothing in them to check.
   *
   * @param handlesBack number of handles in the response
   */
  ByteReader send(TpmTransport transport, int handlesBack) throws IOException {
    boolean sessions = authorizations.size() > 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int size = 10 + handles.size() + parameters.size() + (sessions ? 4 + authorizations.size() : 0);
    u16(out, sessions ? SESSIONS : NO_SESSIONS);
    u32(out, size);
    u32(out, code);
    out.writeBytes(handles.toByteArray());
    if (sessions) {
      u32(out, authorizations.size());
      out.writeBytes(authorizations.toByteArray());
    }
    out.writeBytes(parameters.toByteArray());
    return response(transport.transmit(out.toByteArray()), sessions, handlesBack);
  }

  private ByteReader response(byte[] bytes, boolean sessions, int handlesBack) throws IOException {
    ByteReader in = ByteReader.of(name + " response", bytes);
    int tag = in.u16be("tag");
    if (in.u32be("responseSize") != bytes.length) {
      throw in.malformed("responseSize", "is not the length of the response");
    }
    int rc = (int) in.u32be("responseCode");
    if (rc != 0) {
      throw new TpmException(name, rc);
    }
    if (tag != (sessions ? SESSIONS : NO_SESSIONS)) {
      throw in.malformed("tag", "is not that of the command");
    }
    if (!sessions) {
      return in.slice("parameters", in.remaining());
    }
    int at = in.position();
    in.skip("handles", 4L * handlesBack);
    long parameterSize = in.u32be("parameterSize");
    byte[] body = new byte[4 * handlesBack + (int) Math.min(parameterSize, in.remaining())];
    byte[] read = in.bytes("parameters", parameterSize);
    System.arraycopy(bytes, at, body, 0, 4 * handlesBack);
    System.arraycopy(read, 0, body, 4 * handlesBack, read.length);
    return ByteReader.of(name + " response", body);
  }

  private TpmCommand session(int handle) {
    u32(authorizations, handle);
    u16(authorizations, 0);
    authorizations.write(0);
    u16(authorizations, 0);
    return this;
  }

  private static void u16(ByteArrayOutputStream out, int value) {
    out.write(value >>> 8);
    out.write(value);
  }

  private static void u32(ByteArrayOutputStream out, int value) {
    u16(out, value >>> 16);
    u16(out, value);
  }
}
