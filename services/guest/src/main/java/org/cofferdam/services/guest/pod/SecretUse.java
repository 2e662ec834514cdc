// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.pod;

import static org.cofferdam.services.guest.pod.Pod.malformed;

import org.cofferdam.core.bytes.json.Json;

/** Where a container wants a secret. */
public sealed interface SecretUse {
  /** The broker's name for it: {@code repository/type/tag}. */
  String resource();

  /** As an environment variable. */
  record Variable(String resource, String name) implements SecretUse {}

  /**
   * As a file that only the container's user can read.
   *
   * @param mode permission bits
   */
  record SecretFile(String resource, String path, int mode) implements SecretUse {}

  static SecretUse parse(Json.Obj json) {
    String resource = resource(json.string("resource"));
    if (json.get("env").isPresent()) {
      json.only("resource", "env");
      String name = json.string("env");
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        throw malformed("secrets.env", "is not a variable's name");
      }
      return new Variable(resource, name);
    }
    json.only("resource", "file", "mode");
    long mode = json.integer("mode");
    if (mode < 0 || mode > 0777) {
      throw malformed("secrets.mode", "is not nine permission bits");
    }
    return new SecretFile(
        resource, Container.path(json.string("file"), "secrets.file"), (int) mode);
  }

  /** Three parts of letters, digits, '.', '_' and '-', none beginning with a dot. */
  private static String resource(String value) {
    String[] parts = value.split("/", -1);
    boolean good = parts.length == 3;
    for (String part : parts) {
      good &= !part.isEmpty() && !part.startsWith(".");
      for (int i = 0; i < part.length(); i++) {
        char c = part.charAt(i);
        good &= c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
      }
    }
    if (!good) {
      throw malformed("secrets.resource", "is not repository/type/tag");
    }
    return value;
  }
}
