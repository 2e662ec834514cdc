// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/** A document that can be edited at JSON pointers, all of which mean places of the original. */
final class Edits {
  private static final Object GONE = new Object();

  private final Object root;

  Edits(Json document) {
    this.root = open(document);
  }

  /** A removed item keeps its place until the end, so that later pointers still hold. */
  void remove(String pointer) {
    int cut = pointer.lastIndexOf('/');
    Object parent = at(pointer.substring(0, cut));
    String name = unescape(pointer.substring(cut + 1));
    if (parent instanceof Map<?, ?> map) {
      map.remove(name);
    } else if (parent instanceof List<?>) {
      list(parent).set(Integer.parseInt(name), GONE);
    }
  }

  void put(String pointer, String name, Object value) {
    if (at(pointer) instanceof Map<?, ?>) {
      map(at(pointer)).put(name, value);
    }
  }

  void append(String pointer, String name, Object item) {
    Map<String, Object> owner = map(at(pointer));
    list(owner.computeIfAbsent(name, n -> new ArrayList<>())).add(item);
  }

  @Nullable Object at(String pointer) {
    Object value = root;
    for (String step : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
      if (value instanceof Map<?, ?> map) {
        value = map.get(unescape(step));
      } else if (value instanceof List<?> items && step.matches("[0-9]+")) {
        value = items.get(Integer.parseInt(step));
      } else {
        return null;
      }
    }
    return value;
  }

  String write() {
    return close(root).write();
  }

  private static String unescape(String step) {
    return step.replace("~1", "/").replace("~0", "~");
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return (Map<String, Object>) value;
    }
    throw new IllegalArgumentException("no object: " + value);
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(@Nullable Object value) {
    if (value instanceof List<?>) {
      return (List<Object>) value;
    }
    throw new IllegalArgumentException("no list: " + value);
  }

  private static Object open(Json json) {
    return switch (json) {
      case Json.Obj o -> {
        Map<String, Object> map = new LinkedHashMap<>();
        o.members().forEach((k, v) -> map.put(k, open(v)));
        yield map;
      }
      case Json.Arr a -> {
        List<Object> list = new ArrayList<>();
        a.items().forEach(i -> list.add(open(i)));
        yield list;
      }
      default -> json;
    };
  }

  private static Json close(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Json.Builder object = Json.object();
        map.forEach((k, v) -> object.put(String.valueOf(k), close(v)));
        yield object.build();
      }
      case List<?> list ->
          Json.array(list.stream().filter(i -> i != GONE).map(Edits::close).toList());
      case Json json -> json;
      case String text -> Json.of(text);
      default -> throw new IllegalArgumentException("no value: " + value);
    };
  }
}
