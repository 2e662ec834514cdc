// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.cbor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * A CBOR data item (RFC 8949). Two items are equal when they stand for the same value of the
 * generic data model, however they were encoded.
 */
public sealed interface Cbor {

  /**
   * @param value from -2^64 to 2^64-1 (major types 0 and 1)
   */
  record Int(BigInteger value) implements Cbor {}

  /** Major type 2. */
  record ByteString(Bytes value) implements Cbor {}

  /**
   * @param value valid UTF-8 in the encoding (major type 3)
   */
  record Text(String value) implements Cbor {}

  /**
   * @param items in order (major type 4)
   */
  record Arr(List<Cbor> items) implements Cbor {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /** One pair of a map. */
  record Entry(Cbor key, Cbor value) {}

  /**
   * @param entries in the order of the encoding; keys are unique (major type 5)
   */
  record Dict(List<Entry> entries) implements Cbor {
    public Dict {
      entries = List.copyOf(entries);
    }

    public Optional<Cbor> get(Cbor key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return Optional.of(entry.value());
        }
      }
      return Optional.empty();
    }

    public Optional<Cbor> get(long label) {
      return get(Cbor.of(label));
    }

    public Optional<Cbor> get(String name) {
      return get(new Text(name));
    }
  }

  /**
   * @param number 0 to 2^64-1
   * @param content the tagged item (major type 6)
   */
  record Tag(BigInteger number, Cbor content) implements Cbor {
    public boolean is(long wanted) {
      return number.equals(BigInteger.valueOf(wanted));
    }
  }

  /**
   * @param value half, single or double precision, widened (major type 7)
   */
  record Real(double value) implements Cbor {}

  /**
   * @param value 20 false, 21 true, 22 null, 23 undefined, others unassigned (major type 7)
   */
  record Simple(int value) implements Cbor {}

  static Int of(long value) {
    return new Int(BigInteger.valueOf(value));
  }

  /**
   * Reads exactly one item.
   *
   * @param format the name that errors carry
   * @throws MalformedEvidenceException where the bytes are not well-formed, a text is not UTF-8, a
   *     map has a key twice, nesting is deeper than {@link CborReader#MAX_DEPTH}, or bytes follow
   */
  static Cbor parse(String format, Bytes bytes) {
    return CborReader.read(format, bytes);
  }

  default boolean isNull() {
    return this instanceof Simple s && s.value() == 22;
  }

  /** The integer, where it fits 64 bits with sign. */
  default long asLong(String format, String field) {
    if (this instanceof Int i && i.value().bitLength() < Long.SIZE) {
      return i.value().longValue();
    }
    throw wrong(format, field, "an integer of 64 bits");
  }

  default Bytes asBytes(String format, String field) {
    if (this instanceof ByteString b) {
      return b.value();
    }
    throw wrong(format, field, "a byte string");
  }

  /** A byte string of one of these lengths. */
  default Bytes asBytes(String format, String field, int... lengths) {
    Bytes bytes = asBytes(format, field);
    if (Arrays.stream(lengths).noneMatch(n -> n == bytes.length())) {
      throw wrong(
          format, field, "of " + Arrays.toString(lengths) + " bytes, it has " + bytes.length());
    }
    return bytes;
  }

  default String asText(String format, String field) {
    if (this instanceof Text t) {
      return t.value();
    }
    throw wrong(format, field, "a text string");
  }

  default List<Cbor> asArray(String format, String field) {
    if (this instanceof Arr a) {
      return a.items();
    }
    throw wrong(format, field, "an array");
  }

  default Dict asDict(String format, String field) {
    if (this instanceof Dict d) {
      return d;
    }
    throw wrong(format, field, "a map");
  }

  /**
   * For people: bytes as lower-case hex, map keys as text, tags as {@code {"tag": n, "content":
   * …}}.
   */
  default Json toJson() {
    return switch (this) {
      case Int i -> new Json.Num(i.value().toString());
      case ByteString b -> Json.of(b.value().hex());
      case Text t -> Json.of(t.value());
      case Arr a -> {
        List<Json> items = new ArrayList<>();
        a.items().forEach(item -> items.add(item.toJson()));
        yield Json.array(items);
      }
      case Dict d -> {
        Json.Builder object = Json.object();
        for (Entry entry : d.entries()) {
          object.put(CborReader.label(entry.key()), entry.value().toJson());
        }
        yield object.build();
      }
      case Tag t ->
          Json.object()
              .put("tag", new Json.Num(t.number().toString()))
              .put("content", t.content().toJson())
              .build();
      case Real f -> Json.of(Double.toString(f.value()));
      case Simple s ->
          switch (s.value()) {
            case 20 -> Json.of(false);
            case 21 -> Json.of(true);
            case 22 -> Json.Null.NULL;
            default -> Json.of("simple(" + s.value() + ")");
          };
    };
  }

  private static MalformedEvidenceException wrong(String format, String field, String wanted) {
    return new MalformedEvidenceException(format, field, -1, "is not " + wanted);
  }
}
