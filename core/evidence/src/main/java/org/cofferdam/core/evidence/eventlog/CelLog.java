// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.eventlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.evidence.tpm.TpmHash;

/**
 * The canonical event log in TLV (TCG CEL §4): type u8, length u32 BE, value. A record is 0 its
 * number (u64 BE), 1 a PCR or 108 a register of a confidential guest (u8), 3 digests (algorithm id,
 * digest), and the content, whose whole TLV is what the digests are over. Contents 80 (Confidential
 * Space's workload) and 82 (its host launch) hold one TLV of an event. Base64 text is read too.
 */
final class CelLog {
  private static final String FORMAT = "canonical event log";
  private static final Bytes HEAD = Bytes.ofHex("0000000008");
  private static final int REGISTER = 1;
  private static final int CC_REGISTER = 108;
  private static final int DIGESTS = 3;
  private static final int MOST_RECORDS = 100_000;

  private CelLog() {}

  static boolean looksLike(Bytes content) {
    return HEAD.isPrefixOf(content)
        || text(content.slice(0, Math.min(8, content.length()))).startsWith("AAAAAAgA");
  }

  static RuntimeLog parse(Bytes content) {
    Bytes binary = HEAD.isPrefixOf(content) ? content : base64(content);
    ByteReader reader = binary.reader(FORMAT);
    List<RuntimeEntry> entries = new ArrayList<>();
    while (reader.remaining() > 0) {
      if (entries.size() >= MOST_RECORDS) {
        throw reader.malformed("record", "is one too many");
      }
      entries.add(record(reader, binary, entries.size()));
    }
    return new RuntimeLog("cel-tlv", entries);
  }

  private static RuntimeEntry record(ByteReader reader, Bytes binary, int number) {
    if (reader.u8("recnum") != 0 || reader.u32be("recnum") != 8) {
      throw reader.malformed("recnum", "does not begin here");
    }
    if (reader.u64be("recnum") != number) {
      throw reader.malformed("recnum", "is not " + number);
    }
    int type = reader.u8("index");
    if ((type != REGISTER && type != CC_REGISTER) || reader.u32be("index") != 1) {
      throw reader.malformed("index", "is no register");
    }
    int register = reader.u8("index");
    if (register > 23) {
      throw reader.malformed("index", "is no register");
    }
    if (reader.u8("digests") != DIGESTS) {
      throw reader.malformed("digests", "do not follow");
    }
    ByteReader list = reader.slice("digests", reader.u32be("digests"));
    Map<TpmHash, Bytes> digests = new EnumMap<>(TpmHash.class);
    while (list.remaining() > 0) {
      int id = list.u8("digest");
      Bytes digest = list.octets("digest", list.u32be("digest"));
      Optional<TpmHash> hash = TpmHash.ofId(id);
      if (hash.isEmpty()
          || hash.get().size() != digest.length()
          || digests.put(hash.get(), digest) != null) {
        throw list.malformed("digest", "is of an unknown algorithm, or there twice");
      }
    }
    int start = reader.position();
    int kind = reader.u8("content");
    ByteReader value = reader.slice("content", reader.u32be("content"));
    int event = value.u8("event");
    Bytes data = value.octets("event", value.u32be("event"));
    value.end("event");
    Bytes content = binary.slice(start, reader.position());
    boolean covered =
        !digests.isEmpty()
            && digests.entrySet().stream()
                .allMatch(
                    d ->
                        d.getKey().isComputable()
                            && d.getKey().digest(content).equals(d.getValue()));
    return new RuntimeEntry(
        register, digests, kind + ":" + event, utf8(data), Optional.of(covered));
  }

  private static Bytes base64(Bytes content) {
    try {
      return Bytes.of(Base64.getDecoder().decode(text(content).strip()));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException(FORMAT, "text", -1, "is no base64");
    }
  }

  private static String text(Bytes content) {
    return new String(content.toArray(), StandardCharsets.ISO_8859_1);
  }

  private static String utf8(Bytes content) {
    return new String(content.toArray(), StandardCharsets.UTF_8);
  }
}
