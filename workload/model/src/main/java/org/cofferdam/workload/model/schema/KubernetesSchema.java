// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.workload.model.Document;
import org.cofferdam.workload.model.Node;

/**
 * The fields of the Kubernetes API 1.34 for the kinds that a scan reads. Every field of a document
 * is either known here, with its type, or is reported: none is passed over.
 */
public final class KubernetesSchema {
  private static final String TABLE = "kubernetes-types.txt";
  private static final int NEAR = 3;

  private final Map<String, Map<String, FieldType>> types;

  private KubernetesSchema(Map<String, Map<String, FieldType>> types) {
    this.types = types;
  }

  /** The table of this version. */
  public static KubernetesSchema load() {
    Map<String, Map<String, FieldType>> types = new HashMap<>();
    try (InputStream in = KubernetesSchema.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + TABLE);
      }
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.startsWith("#")) {
          String[] words = line.split(" ", -1);
          Map<String, FieldType> fields = new LinkedHashMap<>();
          for (int i = 1; i < words.length; i++) {
            int colon = words[i].indexOf(':');
            fields.put(
                words[i].substring(0, colon), FieldType.parse(words[i].substring(colon + 1)));
          }
          types.put(words[0], fields);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new KubernetesSchema(types);
  }

  /** The kind has a type here. */
  public boolean knows(String kind) {
    return types.containsKey(kind);
  }

  /** The names of the fields of a type. */
  public List<String> fields(String type) {
    return List.copyOf(types.getOrDefault(type, Map.of()).keySet());
  }

  /** Everything in the document that its kind does not have, in the order of the text. */
  public List<Deviation> check(Document document) {
    List<Deviation> found = new ArrayList<>();
    if (knows(document.kind())) {
      check(document.root(), new FieldType.Fields(document.kind()), "document", found);
    }
    return found;
  }

  private void check(Node node, FieldType type, String name, List<Deviation> found) {
    if (node.isNull()) {
      return;
    }
    switch (type) {
      case FieldType.Plain plain -> plain(node, plain, name, found);
      case FieldType.ListOf list -> {
        if (node instanceof Node.Sequence sequence) {
          sequence.items().forEach(item -> check(item, list.item(), "an item of " + name, found));
        } else {
          wrong(node, name, "a list", "Write it as a list, one '- item' a line.", found);
        }
      }
      case FieldType.MapOf map -> {
        if (node instanceof Node.Mapping mapping) {
          mapping
              .members()
              .forEach((key, member) -> check(member.value(), map.value(), "'" + key + "'", found));
        } else {
          wrong(node, name, "an object", "Write it as 'name: value' lines.", found);
        }
      }
      case FieldType.Fields fields -> {
        if (node instanceof Node.Mapping mapping) {
          mapping.members().forEach((key, m) -> member(key, m.value(), fields.type(), found));
        } else {
          wrong(node, name, "an object", "Write it as 'name: value' lines.", found);
        }
      }
    }
  }

  private void member(String key, Node value, String type, List<Deviation> found) {
    Map<String, FieldType> fields = types.getOrDefault(type, Map.of());
    FieldType field = fields.get(key);
    if (field == null) {
      found.add(
          new Deviation(
              Deviation.Kind.UNKNOWN_FIELD,
              value,
              "'" + shown(key) + "' is no field of " + type + ".",
              near(key, fields)
                  .map(n -> "Did you mean '" + n + "'?")
                  .orElseGet(
                      () ->
                          owner(key)
                              .map(o -> "It is a field of " + o + ": check the indentation.")
                              .orElse("Check its spelling, or take it out."))));
    } else {
      check(value, field, "'" + key + "'", found);
    }
  }

  private static void plain(Node node, FieldType.Plain type, String name, List<Deviation> found) {
    if (type == FieldType.Plain.ANY) {
      return;
    }
    if (!(node instanceof Node.Scalar scalar)) {
      wrong(node, name, type.words(), "Write one plain value.", found);
      return;
    }
    boolean typed = scalar.bool().isPresent() || scalar.integer().isPresent();
    if (type == FieldType.Plain.TEXT && typed) {
      wrong(node, name, "a text", "Put quotes around it: numbers and booleans need them.", found);
    } else if (type == FieldType.Plain.INT && scalar.integer().isEmpty()) {
      wrong(node, name, type.words(), "Write the number without quotes.", found);
    } else if (type == FieldType.Plain.BOOL && scalar.bool().isEmpty()) {
      wrong(node, name, type.words(), "Write true or false, without quotes.", found);
    }
  }

  private static void wrong(
      Node node, String name, String wanted, String fix, List<Deviation> found) {
    found.add(
        new Deviation(
            Deviation.Kind.WRONG_TYPE,
            node,
            "The value of " + name + " is not " + wanted + ".",
            fix));
  }

  /** Where a misplaced field would belong, if it is one of a pod. */
  private Optional<String> owner(String key) {
    for (String type : List.of("Container", "PodSpec", "ObjectMeta", "SecurityContext", "Probe")) {
      if (types.getOrDefault(type, Map.of()).containsKey(key)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> near(String key, Map<String, FieldType> fields) {
    return fields.keySet().stream()
        .filter(f -> distance(key, f) < Math.min(NEAR, 1 + f.length() / 3))
        .min(Comparator.comparingInt((String f) -> distance(key, f)).thenComparing(f -> f));
  }

  /** Levenshtein, case ignored; large where the lengths differ by more than is near. */
  static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) >= NEAR) {
      return NEAR;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int next = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
        diagonal = row[j];
        row[j] = next;
      }
    }
    return row[b.length()];
  }

  private static String shown(String key) {
    return key.length() > 60 ? key.substring(0, 60) + "…" : key;
  }
}
