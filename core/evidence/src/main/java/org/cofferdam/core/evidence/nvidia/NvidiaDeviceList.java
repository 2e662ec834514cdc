// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.nvidia;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Several devices of one guest, in the JSON of CoCo guests: {@code {"device_evidence_list":
 * [{"arch", "uuid", "evidence", "certificate"}]}}, the last two in base64.
 *
 * @param devices at least one
 */
public record NvidiaDeviceList(List<Device> devices) {
  private static final String FORMAT = "NVIDIA device list";
  private static final String LIST = "device_evidence_list";

  /**
   * @param uuid the driver's name for it; null where absent. Not covered by any signature
   * @param report SPDM report
   * @param certificates PEM
   */
  public record Device(@Nullable String uuid, Bytes report, Bytes certificates) {}

  public NvidiaDeviceList {
    devices = List.copyOf(devices);
  }

  public static boolean looksLike(Json json) {
    return json instanceof Json.Obj o && o.get(LIST).isPresent();
  }

  /**
   * @throws MalformedEvidenceException where the list is empty, or a member is missing or has
   *     another form
   */
  public static NvidiaDeviceList parse(Json json) {
    List<Device> devices = new ArrayList<>();
    for (Json item : json.asObject(FORMAT).array(LIST)) {
      Json.Obj device = item.asObject(LIST);
      devices.add(
          new Device(
              device
                  .get("uuid")
                  .filter(Json.Str.class::isInstance)
                  .map(u -> u.asString("uuid"))
                  .orElse(null),
              base64(device, "evidence"),
              base64(device, "certificate")));
    }
    if (devices.isEmpty()) {
      throw new MalformedEvidenceException(FORMAT, LIST, -1, "is empty");
    }
    return new NvidiaDeviceList(devices);
  }

  private static Bytes base64(Json.Obj device, String name) {
    try {
      return Bytes.of(Base64.getDecoder().decode(device.string(name)));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "is not base64");
    }
  }
}
