// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.gce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * A message in the protocol buffers' wire format, as far as the messages here need it: varints and
 * length-delimited fields. Numbers and order are kept as sent.
 *
 * @param fields in order
 */
record ProtoMessage(String format, List<Field> fields) {
  private static final int VARINT = 0;
  private static final int DELIMITED = 2;
  private static final int MOST_FIELDS = 100_000;

  /**
   * @param number above 0
   * @param value of a varint; 0 otherwise
   * @param content of a length-delimited field; empty otherwise
   */
  record Field(int number, boolean delimited, long value, Bytes content) {}

  ProtoMessage {
    fields = List.copyOf(fields);
  }

  /**
   * @throws MalformedEvidenceException on another wire type, or a length beyond the message
   */
  static ProtoMessage parse(String format, Bytes encoded) {
    ByteReader reader = encoded.reader(format);
    List<Field> fields = new ArrayList<>();
    while (reader.remaining() > 0) {
      long key = varint(reader);
      long number = key >>> 3;
      int wire = (int) (key & 7);
      if (number == 0 || number > 536_870_911 || fields.size() >= MOST_FIELDS) {
        throw reader.malformed("field", "has number " + number + ", or there are too many");
      }
      fields.add(
          switch (wire) {
            case VARINT -> new Field((int) number, false, varint(reader), Bytes.EMPTY);
            case DELIMITED ->
                new Field((int) number, true, 0, reader.octets("field " + number, varint(reader)));
            default -> throw reader.malformed("field " + number, "has wire type " + wire);
          });
    }
    return new ProtoMessage(format, fields);
  }

  private static long varint(ByteReader reader) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = reader.u8("varint");
      if (shift == 63 && octet > 1) {
        throw reader.malformed("varint", "is above 64 bits");
      }
      value |= (octet & 0x7fL) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw reader.malformed("varint", "does not end");
  }

  /** The contents of every field of this number, in order. */
  List<Bytes> all(int number) {
    return fields.stream()
        .filter(f -> f.number() == number)
        .map(
            f -> {
              if (!f.delimited()) {
                throw malformed(number, "is no bytes field");
              }
              return f.content();
            })
        .toList();
  }

  /**
   * @throws MalformedEvidenceException where it is there more than once
   */
  Optional<Bytes> bytes(int number) {
    List<Bytes> found = all(number);
    if (found.size() > 1) {
      throw malformed(number, "is there more than once");
    }
    return found.stream().findFirst();
  }

  /** A varint; 0 where it is absent, as proto3 has it. */
  long number(int number) {
    long value = 0;
    int count = 0;
    for (Field field : fields) {
      if (field.number() == number) {
        if (field.delimited() || ++count > 1) {
          throw malformed(number, "is no single number");
        }
        value = field.value();
      }
    }
    return value;
  }

  MalformedEvidenceException malformed(int number, String problem) {
    return new MalformedEvidenceException(format, "field " + number, -1, problem);
  }
}
