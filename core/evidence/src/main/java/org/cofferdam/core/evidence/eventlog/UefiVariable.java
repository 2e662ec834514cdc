// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.eventlog;

import java.nio.charset.StandardCharsets;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;

/**
 * UEFI_VARIABLE_DATA (PC Client PFP §10.2.6): GUID 16, name length u64 in characters, data length
 * u64, name UTF-16LE, data.
 *
 * @param guid in the usual text form
 */
public record UefiVariable(String guid, String name, Bytes value) {
  private static final String FORMAT = "UEFI_VARIABLE_DATA";

  /**
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException on anything but one whole variable
   */
  public static UefiVariable parse(Bytes encoded) {
    ByteReader reader = encoded.reader(FORMAT);
    String guid =
        "%08x-%04x-%04x-%s"
            .formatted(
                reader.u32le("VariableName.Data1"),
                reader.u16le("VariableName.Data2"),
                reader.u16le("VariableName.Data3"),
                reader.octets("VariableName.Data4", 8).hex());
    long characters = reader.u64le("UnicodeNameLength");
    long size = reader.u64le("VariableDataLength");
    if (characters < 0 || characters > encoded.length()) {
      throw reader.malformed("UnicodeNameLength", "is beyond the event");
    }
    byte[] name = reader.bytes("UnicodeName", 2 * characters);
    Bytes value = reader.octets("VariableData", size);
    reader.end("VariableData");
    return new UefiVariable(
        guid.substring(0, 23) + "-" + guid.substring(23),
        new String(name, StandardCharsets.UTF_16LE),
        value);
  }
}
