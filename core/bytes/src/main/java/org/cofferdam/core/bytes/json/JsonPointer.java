// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.json;

import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/** RFC 6901: the path to one value in a document. */
public final class JsonPointer {
  private JsonPointer() {}

  /**
   * The value that {@code pointer} names, or empty where there is none.
   *
   * @throws MalformedEvidenceException where {@code pointer} itself is no pointer
   */
  public static Optional<Json> find(Json document, String pointer) {
    if (pointer.isEmpty()) {
      return Optional.of(document);
    }
    if (pointer.charAt(0) != '/') {
      throw new MalformedEvidenceException("JSON pointer", pointer, -1, "does not begin with /");
    }
    Json at = document;
    for (String token : pointer.substring(1).split("/", -1)) {
      Optional<Json> next = step(at, unescape(pointer, token));
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  private static Optional<Json> step(Json at, String name) {
    return switch (at) {
      case Json.Obj o -> o.get(name);
      case Json.Arr a -> item(a.items(), name);
      default -> Optional.empty();
    };
  }

  private static Optional<Json> item(List<Json> items, String index) {
    if (!index.matches("0|[1-9][0-9]{0,8}")) {
      return Optional.empty();
    }
    int i = Integer.parseInt(index);
    return i < items.size() ? Optional.of(items.get(i)) : Optional.empty();
  }

  private static String unescape(String pointer, String token) {
    if (token.replace("~0", "").replace("~1", "").indexOf('~') >= 0) {
      throw new MalformedEvidenceException("JSON pointer", pointer, -1, "has a stray ~");
    }
    return token.replace("~1", "/").replace("~0", "~");
  }
}
