// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.firmware;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * What PEI modules wrote into their own variables before the volume was measured: OVMF's platform
 * module notes memory size, processors and address ranges there. It depends on the virtual machine
 * (memory, processors, QEMU, processor model), not on what is booted.
 *
 * @param writes in order of offset
 */
public record PeiState(List<Write> writes) {
  /** More than this is not a few variables but another firmware. */
  public static final int MOST_BYTES = 256;

  /**
   * @param offset into the PEI volume
   * @param bytes what stands there instead of zeros
   */
  public record Write(int offset, byte[] bytes) {}

  public PeiState {
    writes = List.copyOf(writes);
  }

  /**
   * What a machine of ours left in memory, against the file.
   *
   * @throws MalformedEvidenceException where memory differs from the file in anything but a few
   *     variables that the file holds as zeros
   */
  public static PeiState between(byte[] file, byte[] memory) {
    if (file.length != memory.length) {
      throw new MalformedEvidenceException("PEI volume", "length", -1, "differs from the file's");
    }
    List<Write> writes = new ArrayList<>();
    int total = 0;
    for (int i = 0; i < file.length; ) {
      int end = i;
      while (end < file.length && file[end] != memory[end]) {
        if (file[end] != 0) {
          throw new MalformedEvidenceException(
              "PEI volume", "memory", end, "differs where the file holds no variable");
        }
        end++;
      }
      if (end > i) {
        total += end - i;
        byte[] bytes = new byte[end - i];
        System.arraycopy(memory, i, bytes, 0, bytes.length);
        writes.add(new Write(i, bytes));
      }
      i = end + 1;
    }
    if (total > MOST_BYTES) {
      throw new MalformedEvidenceException(
          "PEI volume", "memory", -1, "differs in " + total + " bytes");
    }
    return new PeiState(writes);
  }

  /**
   * The volume as it is measured.
   *
   * @throws MalformedEvidenceException where a write lies outside of it
   */
  public byte[] applyTo(byte[] file) {
    byte[] volume = file.clone();
    for (Write write : writes) {
      if (write.offset() < 0 || write.offset() > volume.length - write.bytes().length) {
        throw new MalformedEvidenceException(
            "PEI state", "offset", -1, "lies outside of this firmware's volume");
      }
      System.arraycopy(write.bytes(), 0, volume, write.offset(), write.bytes().length);
    }
    return volume;
  }

  public Json toJson() {
    List<Json> items = new ArrayList<>();
    for (Write write : writes) {
      items.add(
          Json.object()
              .put("offset", write.offset())
              .put("bytes", Hex.encode(write.bytes()))
              .build());
    }
    return Json.object().put("writes", Json.array(items)).build();
  }

  /**
   * @throws MalformedEvidenceException on any other form than {@link #toJson} writes
   */
  public static PeiState fromJson(Json json) {
    Json.Obj o = json.asObject("PEI state");
    o.only("writes");
    List<Write> writes = new ArrayList<>();
    for (Json item : o.array("writes")) {
      Json.Obj write = item.asObject("write");
      write.only("offset", "bytes");
      long offset = write.integer("offset");
      if (offset < 0 || offset > Integer.MAX_VALUE) {
        throw new MalformedEvidenceException("PEI state", "offset", -1, "is out of range");
      }
      writes.add(new Write((int) offset, Hex.decode(write.string("bytes"))));
    }
    return new PeiState(writes);
  }
}
