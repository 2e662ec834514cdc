// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cofferdam.core.bytes.json.Json;

/** Finds the first place where what was loaded is not what the init-data allows. */
final class Difference {
  private Difference() {}

  /**
   * The first member of a document that differs, for example {@code containers/0/args: expected …,
   * found …}.
   */
  static Optional<String> of(Json allowed, Json found) {
    return of("", allowed, found);
  }

  /**
   * The first file that differs.
   *
   * @param allowed {@code [{"path","sha256","size"}]}
   * @param found digests by path
   */
  static Optional<String> ofFiles(Json allowed, Map<String, String> found) {
    Map<String, String> left = new TreeMap<>(found);
    for (Json item : allowed.asArray("files.json")) {
      Json.Obj file = item.asObject("files.json");
      String path = file.string("path");
      String digest = left.remove(path);
      if (!file.string("sha256").equals(digest)) {
        return Optional.of(
            path
                + ": expected sha256:"
                + file.string("sha256")
                + ", found "
                + (digest == null ? "no such file" : "sha256:" + digest));
      }
    }
    return left.keySet().stream().findFirst().map(p -> p + ": expected no such file, found it");
  }

  /** A member that is absent is not one that is null. */
  private static Optional<String> of(String at, Optional<Json> allowed, Optional<Json> found) {
    if (allowed.isPresent() && found.isPresent()) {
      return of(at, allowed.get(), found.get());
    }
    return Optional.of(
        "%s: expected %s, found %s"
            .formatted(
                at,
                allowed.map(Json::write).orElse("nothing"),
                found.map(Json::write).orElse("nothing")));
  }

  private static Optional<String> of(String at, Json allowed, Json found) {
    if (allowed instanceof Json.Obj a && found instanceof Json.Obj f) {
      List<String> names = new ArrayList<>(a.members().keySet());
      f.members().keySet().stream().filter(n -> !names.contains(n)).forEach(names::add);
      for (String name : names) {
        Optional<String> inside =
            of(at.isEmpty() ? name : at + "/" + name, a.get(name), f.get(name));
        if (inside.isPresent()) {
          return inside;
        }
      }
      return Optional.empty();
    }
    if (allowed instanceof Json.Arr a
        && found instanceof Json.Arr f
        && a.items().size() == f.items().size()
        && a.items().stream().allMatch(i -> i instanceof Json.Obj)) {
      for (int i = 0; i < a.items().size(); i++) {
        Optional<String> inside = of(at + "/" + i, a.items().get(i), f.items().get(i));
        if (inside.isPresent()) {
          return inside;
        }
      }
      return Optional.empty();
    }
    return allowed.equals(found)
        ? Optional.empty()
        : Optional.of(at + ": expected " + allowed.write() + ", found " + found.write());
  }
}
