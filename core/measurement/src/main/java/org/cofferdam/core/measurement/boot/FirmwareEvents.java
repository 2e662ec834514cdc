// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.measurement.firmware.OvmfCode;
import org.cofferdam.core.measurement.firmware.OvmfVariables;
import org.cofferdam.core.measurement.firmware.UnpredictableException;

/** What OVMF extends before it looks for something to boot. */
final class FirmwareEvents {
  /** EFI_GLOBAL_VARIABLE. */
  private static final byte[] GLOBAL = HexFormat.of().parseHex("61dfe48bca93d211aa0d00e098032b8c");

  /** EFI_IMAGE_SECURITY_DATABASE_GUID. */
  private static final byte[] IMAGE_SECURITY =
      HexFormat.of().parseHex("cbb219d73a3d9645a3bcdad00e67656f");

  private FirmwareEvents() {}

  static List<PredictedEvent> of(FirmwareInputs firmware) {
    if (OvmfVariables.parse(firmware.variables()).platformKeyEnrolled()) {
      throw new UnpredictableException(
          "the firmware's variables enrol a Secure Boot platform key;"
              + " what such a boot measures is not modelled");
    }
    OvmfCode code = OvmfCode.parse(firmware.code());
    List<PredictedEvent> events = new ArrayList<>();
    // PcdFirmwareVersionString is empty in Debian's builds: one UTF-16 NUL.
    events.add(new PredictedEvent(0, Digests.sha256(new byte[2]), "firmware version string"));
    events.add(
        new PredictedEvent(
            0,
            Digests.sha256(firmware.state().applyTo(code.pei())),
            "firmware file, PEI volume (memory and processors are noted in it)"));
    events.add(new PredictedEvent(0, Digests.sha256(code.dxe()), "firmware file, DXE volume"));
    String keys = "Secure Boot variables of the firmware";
    events.add(variable(GLOBAL, "SecureBoot", new byte[1], keys));
    events.add(variable(GLOBAL, "PK", new byte[0], keys));
    events.add(variable(GLOBAL, "KEK", new byte[0], keys));
    events.add(variable(IMAGE_SECURITY, "db", new byte[0], keys));
    events.add(variable(IMAGE_SECURITY, "dbx", new byte[0], keys));
    events.add(new PredictedEvent(7, Digests.sha256(new byte[4]), keys));
    return events;
  }

  /** EV_EFI_VARIABLE_DRIVER_CONFIG: the digest is over UEFI_VARIABLE_DATA. */
  private static PredictedEvent variable(byte[] vendor, String name, byte[] data, String input) {
    byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
    ByteBuffer event =
        ByteBuffer.allocate(32 + text.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(vendor)
            .putLong(name.length())
            .putLong(data.length)
            .put(text)
            .put(data);
    return new PredictedEvent(7, Digests.sha256(event.array()), input);
  }
}
