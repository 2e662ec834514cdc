// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.snp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * The certificates that a host hands to its guest beside the report (GHCB specification, extended
 * guest request). Untrusted: it only saves a look-up.
 *
 * @param entries in the order of the table
 */
public record SnpCertificateTable(List<Entry> entries) {
  /** GUID of a chip's key. */
  public static final UUID VCEK = UUID.fromString("63da758d-e664-4564-adc5-f4b93be8accd");

  /** GUID of a provider's key. */
  public static final UUID VLEK = UUID.fromString("a8074bc2-a25a-483e-aae6-39c045a0b8a1");

  /** GUID of the key that issues them. */
  public static final UUID ASK = UUID.fromString("4ab7b379-bbac-4fe4-a02f-05aef327c782");

  /** GUID of AMD's root. */
  public static final UUID ARK = UUID.fromString("c0b406a4-a803-4952-9743-3fb6014cd0ae");

  private static final String FORMAT = "SNP certificate table";
  private static final int ENTRY_LENGTH = 24;

  /**
   * @param guid what the data is
   * @param data DER of a certificate, for the GUIDs named here
   */
  public record Entry(UUID guid, Bytes data) {}

  public SnpCertificateTable {
    entries = List.copyOf(entries);
  }

  /**
   * @throws MalformedEvidenceException where the table has no end, an entry points outside of it or
   *     into the table's head, or entries share bytes, so that reading them all costs no more than
   *     the table is long
   */
  public static SnpCertificateTable parse(Bytes bytes) {
    ByteReader in = bytes.reader(FORMAT);
    List<UUID> guids = new ArrayList<>();
    List<long[]> places = new ArrayList<>();
    while (true) {
      byte[] guid = in.bytes("GUID", 16);
      long offset = in.u32le("offset");
      long length = in.u32le("length");
      if (Bytes.of(guid).isZero() && offset == 0 && length == 0) {
        break;
      }
      guids.add(guid(guid));
      places.add(new long[] {offset, length});
    }
    int head = (guids.size() + 1) * ENTRY_LENGTH;
    long left = (long) bytes.length() - head;
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < guids.size(); i++) {
      long from = places.get(i)[0];
      long to = from + places.get(i)[1];
      if (from < head || to > bytes.length()) {
        throw new MalformedEvidenceException(
            FORMAT, "offset", (long) i * ENTRY_LENGTH + 16, "points outside of the data");
      }
      left -= to - from;
      if (left < 0) {
        throw new MalformedEvidenceException(
            FORMAT, "length", (long) i * ENTRY_LENGTH + 20, "is more than the entries can have");
      }
      entries.add(new Entry(guids.get(i), bytes.slice((int) from, (int) to)));
    }
    return new SnpCertificateTable(entries);
  }

  public Json.Obj fields() {
    List<Json> all = new ArrayList<>();
    for (Entry entry : entries) {
      all.add(
          Json.object()
              .put("guid", entry.guid().toString())
              .put("data", entry.data().hex())
              .build());
    }
    return Json.object().put("entries", Json.array(all)).build();
  }

  /** The first three fields of a GUID are little endian (RFC 4122 fields as EFI stores them). */
  private static UUID guid(byte[] b) {
    byte[] order = {
      b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
      b[15]
    };
    ByteBuffer buffer = ByteBuffer.wrap(order);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
