// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value (RFC 8259). Immutable; objects keep the order of their members. Numbers keep the
 * text they were written with, so that nothing is lost by reading and writing again.
 */
public sealed interface Json {

  /**
   * @param members in order; names are unique
   */
  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** The member, or empty where there is none. A member that is {@code null} is there. */
    public Optional<Json> get(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /**
     * @throws MalformedEvidenceException where the member is absent
     */
    public Json require(String name) {
      Json value = members.get(name);
      if (value == null) {
        throw new MalformedEvidenceException("JSON", name, -1, "is missing");
      }
      return value;
    }

    /**
     * @throws MalformedEvidenceException where the member is absent or no string
     */
    public String string(String name) {
      return require(name).asString(name);
    }

    /**
     * @throws MalformedEvidenceException where the member is absent or no object
     */
    public Obj object(String name) {
      return require(name).asObject(name);
    }

    /**
     * @throws MalformedEvidenceException where the member is absent or no array
     */
    public List<Json> array(String name) {
      return require(name).asArray(name);
    }

    /**
     * @throws MalformedEvidenceException where the member is absent or no integer of 64 bits
     */
    public long integer(String name) {
      return require(name).asLong(name);
    }

    /**
     * @throws MalformedEvidenceException where a member has another name than these: strict readers
     *     call it first
     */
    public void only(String... names) {
      for (String name : members.keySet()) {
        if (!List.of(names).contains(name)) {
          throw new MalformedEvidenceException("JSON", name, -1, "is not a member this form has");
        }
      }
    }
  }

  /**
   * @param items in order
   */
  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /**
   * @param value without its quotes, escapes resolved
   */
  record Str(String value) implements Json {}

  /**
   * @param text as written, a number by the grammar of RFC 8259
   */
  record Num(String text) implements Json {}

  /**
   * @param value true or false
   */
  record Bool(boolean value) implements Json {}

  /** The literal {@code null}. */
  enum Null implements Json {
    NULL
  }

  static Json of(String value) {
    return new Str(value);
  }

  static Json of(long value) {
    return new Num(Long.toString(value));
  }

  static Json of(boolean value) {
    return new Bool(value);
  }

  static Json nullable(@Nullable String value) {
    return value == null ? Null.NULL : new Str(value);
  }

  static Json strings(Iterable<String> values) {
    List<Json> items = new ArrayList<>();
    values.forEach(v -> items.add(new Str(v)));
    return new Arr(items);
  }

  static Json array(List<? extends Json> items) {
    return new Arr(List.copyOf(items));
  }

  static Builder object() {
    return new Builder();
  }

  /** Reads one document with {@link JsonParser}'s limits. */
  static Json parse(byte[] utf8) {
    return JsonParser.parse(utf8);
  }

  /** Compact, members in their own order. */
  default String write() {
    return JsonWriter.compact(this);
  }

  /** For people: two blanks a level. */
  default String pretty() {
    return JsonWriter.pretty(this);
  }

  /** RFC 8785 (JCS), as UTF-8. */
  default byte[] canonical() {
    return JsonWriter.canonical(this);
  }

  default String asString(String field) {
    if (this instanceof Str s) {
      return s.value();
    }
    throw wrong(field, "a string");
  }

  default Obj asObject(String field) {
    if (this instanceof Obj o) {
      return o;
    }
    throw wrong(field, "an object");
  }

  default List<Json> asArray(String field) {
    if (this instanceof Arr a) {
      return a.items();
    }
    throw wrong(field, "an array");
  }

  default boolean asBoolean(String field) {
    if (this instanceof Bool b) {
      return b.value();
    }
    throw wrong(field, "true or false");
  }

  default long asLong(String field) {
    if (this instanceof Num n) {
      try {
        return Long.parseLong(n.text());
      } catch (NumberFormatException e) {
        throw wrong(field, "an integer of 64 bits");
      }
    }
    throw wrong(field, "an integer of 64 bits");
  }

  private static MalformedEvidenceException wrong(String field, String wanted) {
    return new MalformedEvidenceException("JSON", field, -1, "is not " + wanted);
  }

  /** Collects members in order; a name given twice is an error of the program. */
  final class Builder {
    private final Map<String, Json> members = new LinkedHashMap<>();

    private Builder() {}

    public Builder put(String name, Json value) {
      if (members.put(name, value) != null) {
        throw new IllegalStateException("member given twice: " + name);
      }
      return this;
    }

    public Builder put(String name, String value) {
      return put(name, new Str(value));
    }

    public Builder put(String name, long value) {
      return put(name, Json.of(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, new Bool(value));
    }

    public Obj build() {
      return new Obj(members);
    }
  }
}
