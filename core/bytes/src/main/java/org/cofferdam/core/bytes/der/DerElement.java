// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.der;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * One tag, length and value.
 *
 * @param format of the document it was read from, for errors
 * @param field its name there
 * @param tag the identifier octet; tags above 30 are refused when reading
 * @param encoded header and content
 * @param content the content octets
 */
public record DerElement(String format, String field, int tag, Bytes encoded, Bytes content) {
  public static final int BOOLEAN = 0x01;
  public static final int INTEGER = 0x02;
  public static final int BIT_STRING = 0x03;
  public static final int OCTET_STRING = 0x04;
  public static final int NULL = 0x05;
  public static final int OID = 0x06;
  public static final int ENUMERATED = 0x0a;
  public static final int UTF8_STRING = 0x0c;
  public static final int PRINTABLE_STRING = 0x13;
  public static final int IA5_STRING = 0x16;
  public static final int UTC_TIME = 0x17;
  public static final int GENERALIZED_TIME = 0x18;
  public static final int SEQUENCE = 0x30;
  public static final int SET = 0x31;

  /** The tag octet of context-specific, constructed {@code [n]}. */
  public static int context(int n) {
    return 0xa0 | n;
  }

  /** The tag octet of context-specific, primitive {@code [n]}. */
  public static int contextPrimitive(int n) {
    return 0x80 | n;
  }

  /** A reader of what a constructed element contains. */
  public DerReader children() {
    if ((tag & 0x20) == 0) {
      throw malformed("is not constructed");
    }
    return DerReader.of(format, content);
  }

  /** A reader of what an OCTET STRING wraps. */
  public DerReader wrapped() {
    expect(OCTET_STRING);
    return DerReader.of(format, content);
  }

  public DerElement expect(int wanted) {
    if (tag != wanted) {
      throw malformed("has tag 0x%02x, not 0x%02x".formatted(tag, wanted));
    }
    return this;
  }

  public BigInteger integer() {
    if (tag != INTEGER && tag != ENUMERATED) {
      throw malformed("is no INTEGER");
    }
    if (content.length() == 0
        || (content.length() > 1
            && ((content.at(0) == 0 && content.at(1) < 0x80)
                || (content.at(0) == 0xff && content.at(1) >= 0x80)))) {
      throw malformed("is no INTEGER in shortest form");
    }
    return new BigInteger(content.toArray());
  }

  /** An INTEGER between both, both included. */
  public int integer(int least, int most) {
    BigInteger number = integer();
    if (number.compareTo(BigInteger.valueOf(least)) < 0
        || number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw malformed("is not between " + least + " and " + most);
    }
    return number.intValueExact();
  }

  public boolean bool() {
    expect(BOOLEAN);
    if (content.length() != 1 || (content.at(0) != 0 && content.at(0) != 0xff)) {
      throw malformed("is neither TRUE nor FALSE");
    }
    return content.at(0) != 0;
  }

  public Bytes octets() {
    return expect(OCTET_STRING).content();
  }

  /** A BIT STRING of whole octets. */
  public Bytes bitOctets() {
    expect(BIT_STRING);
    if (content.length() == 0 || content.at(0) != 0) {
      throw malformed("is no BIT STRING of whole octets");
    }
    return content.slice(1, content.length());
  }

  /** The first 16 named bits of a BIT STRING, bit 0 as the lowest. */
  public int namedBits() {
    expect(BIT_STRING);
    if (content.length() < 1 || content.length() > 3 || content.at(0) > 7) {
      throw malformed("is no BIT STRING of at most 16 bits");
    }
    int bits = 0;
    for (int i = 1; i < content.length(); i++) {
      bits |= (Integer.reverse(content.at(i)) >>> 24) << (8 * (i - 1));
    }
    return bits;
  }

  /** Dotted decimal. */
  public String oid() {
    expect(OID);
    ByteReader reader = content.reader(format);
    StringBuilder text = new StringBuilder();
    while (reader.remaining() > 0) {
      long arc = arc(reader);
      if (text.isEmpty()) {
        long first = Math.min(arc / 40, 2);
        text.append(first).append('.').append(arc - 40 * first);
      } else {
        text.append('.').append(arc);
      }
    }
    if (text.isEmpty()) {
      throw malformed("is an empty OBJECT IDENTIFIER");
    }
    return text.toString();
  }

  private long arc(ByteReader reader) {
    long arc = 0;
    for (int i = 0; i < 8; i++) {
      int octet = reader.u8(field);
      if (i == 0 && octet == 0x80) {
        throw malformed("has an arc that is not in shortest form");
      }
      arc = (arc << 7) | (octet & 0x7f);
      if (octet < 0x80) {
        return arc;
      }
    }
    throw malformed("has an arc of more than 56 bits");
  }

  /** UTF8String, PrintableString or IA5String. */
  public String text() {
    Charset charset =
        switch (tag) {
          case UTF8_STRING -> StandardCharsets.UTF_8;
          case PRINTABLE_STRING, IA5_STRING -> StandardCharsets.US_ASCII;
          default -> throw malformed("is no string");
        };
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(content.toArray())).toString();
    } catch (CharacterCodingException e) {
      throw malformed("has characters that its type does not");
    }
  }

  /** UTCTime or GeneralizedTime in the forms that RFC 5280 §4.1.2.5 allows. */
  public Instant time() {
    String text = new String(content.toArray(), StandardCharsets.ISO_8859_1);
    if (tag == UTC_TIME && text.matches("[0-9]{12}Z")) {
      text = (text.charAt(0) < '5' ? "20" : "19") + text;
    } else if (tag != GENERALIZED_TIME || !text.matches("[0-9]{14}Z")) {
      throw malformed("is no time of the form RFC 5280 demands");
    }
    try {
      return LocalDateTime.of(
              number(text, 0, 4),
              number(text, 4, 6),
              number(text, 6, 8),
              number(text, 8, 10),
              number(text, 10, 12),
              number(text, 12, 14))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw malformed("is no time");
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  public MalformedEvidenceException malformed(String problem) {
    return new MalformedEvidenceException(format, field, -1, problem);
  }

  static DerElement read(String format, String field, ByteReader reader) {
    int tag = reader.u8(field);
    if ((tag & 0x1f) == 0x1f) {
      throw reader.malformed(field, "has a tag of more than one octet");
    }
    byte[] header = new byte[5];
    header[0] = (byte) tag;
    int first = reader.u8(field);
    header[1] = (byte) first;
    int used = 2;
    long length = first;
    if (first >= 0x80) {
      int count = first & 0x7f;
      if (count == 0 || count > 3) {
        throw reader.malformed(field, "has an indefinite or overlong length");
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        int octet = reader.u8(field);
        header[used++] = (byte) octet;
        length = (length << 8) | octet;
      }
      if (length < 0x80 || (count > 1 && length >>> (8 * (count - 1)) == 0)) {
        throw reader.malformed(field, "has a length that is not in shortest form");
      }
    }
    Bytes content = reader.octets(field, length);
    return new DerElement(
        format, field, tag, Bytes.concat(Bytes.of(Arrays.copyOf(header, used)), content), content);
  }
}
