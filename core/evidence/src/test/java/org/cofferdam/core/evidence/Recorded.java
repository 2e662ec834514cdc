// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;

/** Recorded evidence of real machines, where it is there. */
public final class Recorded {
  private static final Path FOLDER = Path.of(System.getProperty("cofferdam.shared", ""), "vectors");

  private Recorded() {}

  public static Bytes read(String file) {
    assumeTrue(Files.isDirectory(FOLDER), "no recorded evidence here");
    try {
      return Bytes.of(Files.readAllBytes(FOLDER.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entries of the index whose file has this folder and is of this kind. */
  public static List<Json.Obj> index(String tee, String kind) {
    return Json.parse(read("index.json").toArray()).asArray("index").stream()
        .map(e -> e.asObject("entry"))
        .filter(e -> e.string("tee").equals(tee) && e.string("kind").equals(kind))
        .toList();
  }
}
