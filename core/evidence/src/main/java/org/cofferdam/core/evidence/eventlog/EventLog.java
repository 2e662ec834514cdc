// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.eventlog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.evidence.tpm.TpmHash;

/**
 * A whole log. The crypto-agile form begins with a SHA-1 record that lists the algorithms ("Spec ID
 * Event03"); the older form has SHA-1 digests only. A log ends with the input, with an index of
 * 0xFFFFFFFF, or with zeros up to the end of its area.
 *
 * @param format {@code tcg2}, {@code tcg1.2}, or {@code ccel} for the registers of a confidential
 *     guest
 * @param events in order
 * @param trailing bytes after the end mark, all zero or all ones
 */
public record EventLog(String format, List<Event> events, int trailing) {
  private static final String FORMAT = "TCG event log";
  private static final Bytes SPEC_ID_3 = Bytes.ofHex("53706563204944204576656e74303300");
  private static final Bytes SPEC_ID_2 = Bytes.ofHex("53706563204944204576656e74303200");
  private static final Bytes SPEC_ID_0 = Bytes.ofHex("53706563204944204576656e74303000");
  private static final long END = 0xffffffffL;
  private static final int MOST_ALGORITHMS = 16;

  public EventLog {
    events = List.copyOf(events);
  }

  /**
   * @throws MalformedEvidenceException on anything but one whole log
   */
  public static EventLog parse(Bytes encoded) {
    ByteReader reader = encoded.reader(FORMAT);
    long register = reader.u32le("header.pcrIndex");
    long type = reader.u32le("header.eventType");
    Bytes digest = reader.octets("header.digest", 20);
    Bytes data = reader.octets("header.event", reader.u32le("header.eventSize"));
    if (type == Event.EV_NO_ACTION && (SPEC_ID_3.isPrefixOf(data) || SPEC_ID_2.isPrefixOf(data))) {
      Map<Integer, Integer> sizes = algorithms(data);
      List<Event> events = new ArrayList<>();
      int trailing = agile(encoded, reader, sizes, events);
      return new EventLog(register == 0 ? "tcg2" : "ccel", events, trailing);
    }
    return legacy(encoded, reader, new Event(0, register, type, sha1(digest), data));
  }

  /** Maps algorithm ids to digest sizes; sizes of known ones must be theirs. */
  private static Map<Integer, Integer> algorithms(Bytes specId) {
    ByteReader reader = specId.reader("TCG_EfiSpecIDEvent");
    reader.skip("signature", 16);
    reader.skip("platformClass", 4);
    reader.skip("specVersion", 3);
    reader.skip("uintnSize", 1);
    long count = reader.u32le("numberOfAlgorithms");
    if (count == 0 || count > MOST_ALGORITHMS) {
      throw reader.malformed("numberOfAlgorithms", "is not between 1 and " + MOST_ALGORITHMS);
    }
    Map<Integer, Integer> sizes = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      int id = reader.u16le("algorithmId");
      int size = reader.u16le("digestSize");
      boolean fits = TpmHash.ofId(id).map(h -> h.size() == size).orElse(size > 0 && size <= 128);
      if (!fits || sizes.put(id, size) != null) {
        throw reader.malformed("digestSize", "does not fit algorithm 0x%04x".formatted(id));
      }
    }
    reader.skip("vendorInfo", reader.u8("vendorInfoSize"));
    reader.end("vendorInfo");
    return sizes;
  }

  private static int agile(
      Bytes encoded, ByteReader reader, Map<Integer, Integer> sizes, List<Event> events) {
    while (reader.remaining() > 0) {
      if (isEnd(encoded, reader.position())) {
        return reader.remaining();
      }
      long register = reader.u32le("pcrIndex");
      long type = reader.u32le("eventType");
      Map<TpmHash, Bytes> digests = digests(reader, sizes);
      Bytes data = reader.octets("event", reader.u32le("eventSize"));
      events.add(new Event(events.size(), register, type, digests, data));
    }
    return 0;
  }

  private static Map<TpmHash, Bytes> digests(ByteReader reader, Map<Integer, Integer> sizes) {
    long count = reader.u32le("digestValues.count");
    if (count == 0 || count > sizes.size()) {
      throw reader.malformed("digestValues.count", "is not between 1 and " + sizes.size());
    }
    Map<TpmHash, Bytes> digests = new EnumMap<>(TpmHash.class);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < count; i++) {
      int id = reader.u16le("digestValues.algId");
      Integer size = sizes.get(id);
      if (size == null || !seen.add(id)) {
        throw reader.malformed(
            "digestValues.algId", "0x%04x is not declared, or there twice".formatted(id));
      }
      Bytes digest = reader.octets("digestValues.digest", size);
      TpmHash.ofId(id).ifPresent(hash -> digests.put(hash, digest));
    }
    return digests;
  }

  private static EventLog legacy(Bytes encoded, ByteReader reader, Event first) {
    boolean header = first.type() == Event.EV_NO_ACTION && SPEC_ID_0.isPrefixOf(first.data());
    boolean unknown =
        first.type() == Event.EV_NO_ACTION && !header && !EventReplay.isStartupLocality(first);
    if (first.register() > 23 || unknown) {
      throw reader.malformed("header", "is no Spec ID event, nor a record of a PCR");
    }
    List<Event> events = new ArrayList<>();
    if (!header) {
      events.add(first);
    }
    int trailing = 0;
    while (reader.remaining() > 0) {
      if (isEnd(encoded, reader.position())) {
        trailing = reader.remaining();
        break;
      }
      long register = reader.u32le("pcrIndex");
      if (register > 23) {
        throw reader.malformed("pcrIndex", "is no PCR");
      }
      long type = reader.u32le("eventType");
      Bytes digest = reader.octets("digest", 20);
      Bytes data = reader.octets("event", reader.u32le("eventSize"));
      events.add(new Event(events.size(), register, type, sha1(digest), data));
    }
    return new EventLog("tcg1.2", events, trailing);
  }

  private static Map<TpmHash, Bytes> sha1(Bytes digest) {
    return Map.of(TpmHash.SHA1, digest);
  }

  /** True where only ones, or only zeros, are left, or the index says that nothing follows. */
  private static boolean isEnd(Bytes encoded, int position) {
    Bytes rest = encoded.slice(position, encoded.length());
    if (rest.length() >= 4) {
      return rest.reader(FORMAT).u32le("pcrIndex") == END || rest.isZero();
    }
    return rest.isZero();
  }
}
