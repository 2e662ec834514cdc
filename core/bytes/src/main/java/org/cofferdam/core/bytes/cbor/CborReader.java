// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.cbor;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * Reads one item by RFC 8949 §3; limits nesting, and never reserves memory for a claimed length.
 */
final class CborReader {
  /** Evidence formats nest less than ten deep. */
  static final int MAX_DEPTH = 32;

  private static final int INDEFINITE = 31;
  private static final int BREAK = 0xff;

  private final ByteReader in;

  private CborReader(ByteReader in) {
    this.in = in;
  }

  static Cbor read(String format, Bytes bytes) {
    ByteReader in = bytes.reader(format);
    CborReader reader = new CborReader(in);
    Cbor item = reader.item(in.u8("initial byte"), 0);
    in.end("end of item");
    return item;
  }

  /** A map key as the name of a JSON member; the kind is part of it, so that 1 and "1" differ. */
  static String label(Cbor key) {
    return switch (key) {
      case Cbor.Text t -> t.value().startsWith("#") ? "#text:" + t.value() : t.value();
      case Cbor.Int i -> "#" + i.value();
      default -> "#" + key.toJson().write();
    };
  }

  private Cbor item(int initial, int depth) {
    if (depth > MAX_DEPTH) {
      throw in.malformed("nesting", "is deeper than " + MAX_DEPTH);
    }
    int info = initial & 0x1f;
    return switch (initial >> 5) {
      case 0 -> new Cbor.Int(argument(info));
      case 1 -> new Cbor.Int(argument(info).not());
      case 2 -> new Cbor.ByteString(Bytes.of(string(2, info)));
      case 3 -> new Cbor.Text(string(3, info, "text string"));
      case 4 -> array(info, depth);
      case 5 -> map(info, depth);
      case 6 -> new Cbor.Tag(argument(info), item(in.u8("tag content"), depth + 1));
      default -> simple(info);
    };
  }

  private BigInteger argument(int info) {
    return switch (info) {
      case 24 -> BigInteger.valueOf(in.u8("argument"));
      case 25 -> BigInteger.valueOf(in.u16be("argument"));
      case 26 -> BigInteger.valueOf(in.u32be("argument"));
      case 27 -> new BigInteger(1, in.bytes("argument", 8));
      default -> {
        if (info > 27) {
          throw in.malformed("initial byte", "has the reserved additional information " + info);
        }
        yield BigInteger.valueOf(info);
      }
    };
  }

  /** A count that cannot be more than the bytes that are left. */
  private int count(int info, String field) {
    BigInteger count = argument(info);
    if (count.compareTo(BigInteger.valueOf(in.remaining())) > 0) {
      throw in.malformed(field, "claims " + count + ", " + in.remaining() + " bytes are left");
    }
    return count.intValue();
  }

  private byte[] string(int major, int info) {
    if (info != INDEFINITE) {
      return in.bytes("string", count(info, "string length"));
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int next = in.u8("chunk"); next != BREAK; next = in.u8("chunk")) {
      if (next >> 5 != major || (next & 0x1f) == INDEFINITE) {
        throw in.malformed("chunk", "is not a definite string of the same kind");
      }
      byte[] chunk = string(major, next & 0x1f);
      if (major == 3) {
        utf8(chunk, "chunk");
      }
      all.writeBytes(chunk);
    }
    return all.toByteArray();
  }

  private String string(int major, int info, String field) {
    return utf8(string(major, info), field);
  }

  private String utf8(byte[] bytes, String field) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw in.malformed(field, "is not UTF-8");
    }
  }

  private Cbor array(int info, int depth) {
    List<Cbor> items = new ArrayList<>();
    if (info == INDEFINITE) {
      for (int next = in.u8("item"); next != BREAK; next = in.u8("item")) {
        items.add(item(next, depth + 1));
      }
    } else {
      int count = count(info, "array length");
      for (int i = 0; i < count; i++) {
        items.add(item(in.u8("item"), depth + 1));
      }
    }
    return new Cbor.Arr(items);
  }

  private Cbor map(int info, int depth) {
    List<Cbor.Entry> entries = new ArrayList<>();
    Set<Cbor> seen = new HashSet<>();
    if (info == INDEFINITE) {
      for (int next = in.u8("key"); next != BREAK; next = in.u8("key")) {
        entries.add(entry(next, seen, depth));
      }
    } else {
      int count = count(info, "map length");
      for (int i = 0; i < count; i++) {
        entries.add(entry(in.u8("key"), seen, depth));
      }
    }
    return new Cbor.Dict(entries);
  }

  private Cbor.Entry entry(int initial, Set<Cbor> seen, int depth) {
    Cbor key = item(initial, depth + 1);
    if (!seen.add(key)) {
      throw in.malformed("key", label(key) + " is there twice");
    }
    return new Cbor.Entry(key, item(in.u8("value"), depth + 1));
  }

  private Cbor simple(int info) {
    return switch (info) {
      case 24 -> {
        int value = in.u8("simple value");
        if (value < 32) {
          throw in.malformed("simple value", "below 32 in two bytes");
        }
        yield new Cbor.Simple(value);
      }
      case 25 -> new Cbor.Real(Float.float16ToFloat((short) in.u16be("float")));
      case 26 -> new Cbor.Real(Float.intBitsToFloat((int) in.u32be("float")));
      case 27 -> new Cbor.Real(Double.longBitsToDouble(in.u64be("float")));
      case 28, 29, 30, INDEFINITE -> throw unexpected(info);
      default -> new Cbor.Simple(info);
    };
  }

  private MalformedEvidenceException unexpected(int info) {
    return in.malformed(
        "initial byte",
        info == INDEFINITE ? "is a break outside of an indefinite item" : "is reserved");
  }
}
