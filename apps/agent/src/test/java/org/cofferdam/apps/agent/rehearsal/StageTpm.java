// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.agent.rehearsal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.services.guest.tpm.TpmTransport;

/** Answers every command of the agent in the right form, with zeros for content. */
final class StageTpm implements TpmTransport {
  private static final int SESSIONS = 0x8002;

  @Override
  public byte[] transmit(byte[] command) {
    ByteBuffer in = ByteBuffer.wrap(command);
    boolean sessions = (in.getShort(0) & 0xffff) == SESSIONS;
    byte[] handles = {};
    byte[] parameters = {};
    switch (in.getInt(6)) {
      case 0x131 -> { // CreatePrimary
        handles = new byte[4];
        parameters = Hex.decode("0058" + attestationKey());
      }
      case 0x173 -> parameters = Hex.decode("0058" + attestationKey()); // ReadPublic
      case 0x169 -> parameters = Hex.decode("000e" + "01c00002000b00000000" + "0000" + "0004");
      case 0x14e -> parameters = Hex.decode("0004" + "30020500"); // NV_Read
      case 0x176 -> handles = new byte[4]; // StartAuthSession
      case 0x147 -> parameters = new byte[2]; // ActivateCredential
      case 0x158 -> parameters = new byte[4]; // Quote
      case 0x17e -> { // PCR_Read
        byte[] selection = Arrays.copyOfRange(command, 10, 20);
        parameters = new byte[4 + 10 + 4 + 8 * 34];
        System.arraycopy(selection, 0, parameters, 4, 10);
        parameters[17] = 8;
        for (int i = 0; i < 8; i++) {
          parameters[18 + 34 * i + 1] = 32;
        }
      }
      default -> {}
    }
    int size = 10 + handles.length + (sessions ? 4 : 0) + parameters.length;
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putShort(in.getShort(0)).putInt(size).putInt(0).put(handles);
    if (sessions) {
      out.putInt(parameters.length);
    }
    return out.put(parameters).array();
  }

  /** TPMT_PUBLIC of a P-256 key with a zero point. */
  private static String attestationKey() {
    return "0023000b0005047200000010"
        + "0018000b0003"
        + "0010"
        + ("0020" + "00".repeat(32)).repeat(2);
  }

  @Override
  public void close() {}
}
