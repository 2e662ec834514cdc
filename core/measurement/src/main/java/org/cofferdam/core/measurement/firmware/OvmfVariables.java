// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.firmware;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * The authenticated variable store at the start of an OVMF variables file (edk2 {@code
 * AuthenticatedVariableFormat.h}).
 *
 * @param data of the valid variables, by {@code vendor GUID (hex as stored):name}
 */
public record OvmfVariables(Map<String, byte[]> data) {
  /** 8BE4DF61-93CA-11D2-AA0D-00E098032B8C. */
  private static final String GLOBAL = "61dfe48bca93d211aa0d00e098032b8c";

  private static final byte[] VOLUME_SIGNATURE = "_FVH".getBytes(StandardCharsets.US_ASCII);

  /** AAF32C78-947B-439A-A180-2E144EC37792. */
  private static final byte[] STORE = HexFormat.of().parseHex("782cf3aa7b949a43a1802e144ec37792");

  private static final int START = 0x55aa;
  private static final int ADDED = 0x3f;

  public OvmfVariables {
    data = Map.copyOf(data);
  }

  /**
   * @param file for example {@code OVMF_VARS_4M.fd}
   * @throws MalformedEvidenceException where it holds no such store
   */
  public static OvmfVariables parse(byte[] file) {
    ByteReader in = ByteReader.of("OVMF variables", file);
    in.skip("zero vector and GUID", 32);
    in.skip("volume length", 8);
    if (!Arrays.equals(in.bytes("signature", 4), VOLUME_SIGNATURE)) {
      throw in.malformed("signature", "is not _FVH");
    }
    in.skip("attributes", 4);
    int header = in.u16le("header length");
    if (header < in.position()) {
      throw in.malformed("header length", "is smaller than the header");
    }
    in.skip("header", header - (long) in.position());
    if (!Arrays.equals(in.bytes("store", 16), STORE)) {
      throw in.malformed("store", "is not an authenticated variable store");
    }
    long size = in.u32le("store size");
    if (size < 28) {
      throw in.malformed("store size", "is smaller than its header");
    }
    in.skip("format, state and reserved", 8);
    return new OvmfVariables(variables(in.slice("store", size - 28)));
  }

  private static Map<String, byte[]> variables(ByteReader store) {
    Map<String, byte[]> found = new HashMap<>();
    int origin = store.position();
    while (store.remaining() >= 60 && store.u16le("start") == START) {
      int state = store.u8("state");
      store.skip("reserved, attributes, count, time, key", 1 + 4 + 8 + 16 + 4);
      long nameSize = store.u32le("name size");
      long dataSize = store.u32le("data size");
      String vendor = Hex.encode(store.bytes("vendor", 16));
      String name = new String(store.bytes("name", nameSize), StandardCharsets.UTF_16LE);
      byte[] data = store.bytes("data", dataSize);
      if (state == ADDED) {
        found.put(vendor + ":" + name.replace("\0", ""), data);
      }
      int used = (store.position() - origin) % 4;
      store.skip("alignment", Math.min((4 - used) % 4, store.remaining()));
    }
    return found;
  }

  /** Whether a platform key is enrolled: without one, Secure Boot is off. */
  public boolean platformKeyEnrolled() {
    return data.containsKey(GLOBAL + ":PK");
  }
}
