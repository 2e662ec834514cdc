// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;

/**
 * A value of a manifest with the place and the piece of text that it came from. Nothing of the
 * document is lost: fields that no type here knows are nodes like all others. Printing a node shows
 * its place and never its content, since any document may hold a Secret.
 */
public sealed interface Node {
  Place place();

  /** The text of this value, without its key. */
  Span span();

  /**
   * @param members in the order of the text
   */
  record Mapping(Place place, Span span, Map<String, Member> members) implements Node {
    public Mapping {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public Optional<Node> get(String name) {
      return Optional.ofNullable(members.get(name)).map(Member::value).filter(n -> !n.isNull());
    }

    /** The nested value, where all names on the way are there. */
    public Optional<Node> at(String... path) {
      Optional<Node> node = Optional.of(this);
      for (String name : path) {
        node = node.flatMap(n -> n instanceof Mapping m ? m.get(name) : Optional.empty());
      }
      return node;
    }

    public Optional<Mapping> mapping(String name) {
      return get(name).filter(Mapping.class::isInstance).map(Mapping.class::cast);
    }

    /** The items of the named sequence, none where it is absent or of another type. */
    public List<Node> items(String name) {
      return get(name)
          .map(n -> n instanceof Sequence s ? s.items() : List.<Node>of())
          .orElse(List.of());
    }

    /** The text of the named scalar, whatever its type. */
    public Optional<String> text(String name) {
      return get(name)
          .flatMap(n -> n instanceof Scalar s ? Optional.of(s.value()) : Optional.empty());
    }

    @Override
    public String toString() {
      return "Mapping@" + place;
    }
  }

  /**
   * @param keySpan the text of the key
   * @param value the value
   */
  record Member(Span keySpan, Node value) {}

  /**
   * @param items in order
   */
  record Sequence(Place place, Span span, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return "Sequence@" + place;
    }
  }

  /**
   * @param value without quotes, escapes resolved
   * @param plain written without quotes, so that its type follows from its text
   */
  record Scalar(Place place, Span span, String value, boolean plain) implements Node {

    @Override
    public boolean isNull() {
      return plain && (value.isEmpty() || value.equals("~") || value.equalsIgnoreCase("null"));
    }

    /** By the rules of YAML 1.1, which Kubernetes reads: {@code 0400} is octal. */
    public Optional<BigInteger> integer() {
      if (!plain) {
        return Optional.empty();
      }
      String digits = value.replace("_", "");
      if (digits.matches("[-+]?(0|[1-9][0-9]*)")) {
        return Optional.of(new BigInteger(digits));
      }
      if (digits.matches("0o?[0-7]+")) {
        return Optional.of(new BigInteger(digits.replace("o", ""), 8));
      }
      if (digits.matches("0x[0-9a-fA-F]+")) {
        return Optional.of(new BigInteger(digits.substring(2), 16));
      }
      return Optional.empty();
    }

    public Optional<Boolean> bool() {
      if (!plain) {
        return Optional.empty();
      }
      return switch (value) {
        case "true", "True", "TRUE" -> Optional.of(true);
        case "false", "False", "FALSE" -> Optional.of(false);
        default -> Optional.empty();
      };
    }

    @Override
    public String toString() {
      return "Scalar@" + place;
    }
  }

  /** An empty value or {@code null}, which Kubernetes reads as an absent field. */
  default boolean isNull() {
    return false;
  }

  /** What this says, without places. Plain scalars become numbers and booleans where they are. */
  default Json toJson() {
    return switch (this) {
      case Mapping m -> {
        Json.Builder object = Json.object();
        m.members().forEach((name, member) -> object.put(name, member.value().toJson()));
        yield object.build();
      }
      case Sequence s -> Json.array(s.items().stream().map(Node::toJson).toList());
      case Scalar s when s.isNull() -> Json.Null.NULL;
      case Scalar s ->
          s.bool()
              .<Json>map(Json::of)
              .or(() -> s.integer().map(i -> new Json.Num(i.toString())))
              .orElseGet(() -> Json.of(s.value()));
    };
  }
}
