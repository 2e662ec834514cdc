// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields by the type that Kubernetes gives them. */
final class Shapes {
  private Shapes() {}

  static List<Node.Mapping> mappings(Node.Mapping owner, String name) {
    Optional<Node> value = owner.get(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof Node.Sequence sequence)) {
      throw new BadShapeException(value.get().place(), "'" + name + "' is no list.");
    }
    List<Node.Mapping> mappings = new ArrayList<>();
    for (Node item : sequence.items()) {
      if (!(item instanceof Node.Mapping mapping)) {
        throw new BadShapeException(item.place(), "An item of '" + name + "' is no object.");
      }
      mappings.add(mapping);
    }
    return mappings;
  }

  static List<String> texts(Node.Mapping owner, String name) {
    Optional<Node> value = owner.get(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof Node.Sequence sequence)) {
      throw new BadShapeException(value.get().place(), "'" + name + "' is no list.");
    }
    List<String> texts = new ArrayList<>();
    for (Node item : sequence.items()) {
      if (!(item instanceof Node.Scalar scalar) || typed(scalar)) {
        throw new BadShapeException(
            item.place(),
            "An item of '" + name + "' is no text: numbers and booleans need quotes.");
      }
      texts.add(scalar.value());
    }
    return texts;
  }

  static Optional<String> text(Node.Mapping owner, String name) {
    return owner
        .get(name)
        .map(
            node -> {
              if (!(node instanceof Node.Scalar scalar)) {
                throw new BadShapeException(node.place(), "'" + name + "' is no text.");
              }
              if (typed(scalar)) {
                throw new BadShapeException(
                    node.place(), "'" + name + "' is no text: numbers and booleans need quotes.");
              }
              return scalar.value();
            });
  }

  static String requiredText(Node.Mapping owner, String name) {
    return text(owner, name)
        .orElseThrow(() -> new BadShapeException(owner.place(), "'" + name + "' is missing."));
  }

  static int integer(Node.Mapping owner, String name, int least, int most) {
    Node node =
        owner
            .get(name)
            .orElseThrow(() -> new BadShapeException(owner.place(), "'" + name + "' is missing."));
    Optional<BigInteger> value =
        node instanceof Node.Scalar scalar ? scalar.integer() : Optional.empty();
    return value
        .filter(v -> v.bitLength() < 32 && v.intValue() >= least && v.intValue() <= most)
        .orElseThrow(
            () ->
                new BadShapeException(
                    node.place(),
                    "'" + name + "' is no whole number from " + least + " to " + most + "."))
        .intValue();
  }

  static boolean bool(Node.Mapping owner, String name, boolean absent) {
    Optional<Node> node = owner.get(name);
    if (node.isEmpty()) {
      return absent;
    }
    return (node.get() instanceof Node.Scalar scalar ? scalar.bool() : Optional.<Boolean>empty())
        .orElseThrow(
            () ->
                new BadShapeException(node.get().place(), "'" + name + "' is not true or false."));
  }

  static Map<String, String> strings(Node.Mapping mapping) {
    Map<String, String> strings = new LinkedHashMap<>();
    mapping
        .members()
        .forEach(
            (name, member) -> {
              if (!(member.value() instanceof Node.Scalar scalar)) {
                throw new BadShapeException(member.value().place(), "'" + name + "' is no text.");
              }
              strings.put(name, scalar.isNull() ? "" : scalar.value());
            });
    return strings;
  }

  /** YAML makes a number or a boolean of it, which Kubernetes refuses where it wants text. */
  private static boolean typed(Node.Scalar scalar) {
    return scalar.isNull() || scalar.bool().isPresent() || scalar.integer().isPresent();
  }
}
