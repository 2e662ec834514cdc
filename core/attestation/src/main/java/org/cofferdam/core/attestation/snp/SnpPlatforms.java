// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.snp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.snp.SnpProduct;
import org.cofferdam.core.evidence.snp.TcbVersion;

/**
 * What is publicly known of product lines, by date: minimum versions by bulletin, and lines whose
 * reports can be forged. AMD signs no such list, so this one ships as a reviewed file and its
 * digest goes into results.
 *
 * @param digest SHA-256 of the file, lower-case hex
 */
record SnpPlatforms(List<Floor> floors, List<Generation> generations, String digest) {
  private static final String FILE = "platforms.json";

  SnpPlatforms {
    floors = List.copyOf(floors);
    generations = List.copyOf(generations);
  }

  /**
   * @param component of the TCB version, by its name in {@link TcbVersion#toJson}
   */
  record Floor(String bulletin, String product, String component, long minimum, Instant since) {
    boolean holds(TcbVersion tcb) {
      return tcb.toJson().get(component).map(v -> v.asLong(component)).orElse(-1L) >= minimum;
    }
  }

  record Generation(String product, String state, Instant since, String why) {}

  static SnpPlatforms load() {
    try (InputStream in = SnpPlatforms.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in this build");
      }
      return parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SnpPlatforms parse(byte[] file) {
    Json.Obj o = Json.parse(file).asObject(FILE);
    return new SnpPlatforms(
        o.array("floors").stream()
            .map(j -> j.asObject("floor"))
            .map(
                f ->
                    new Floor(
                        f.string("bulletin"),
                        f.string("product"),
                        f.string("component"),
                        f.integer("minimum"),
                        Instant.parse(f.string("since"))))
            .toList(),
        o.array("generations").stream()
            .map(j -> j.asObject("generation"))
            .map(
                g ->
                    new Generation(
                        g.string("product"),
                        g.string("state"),
                        Instant.parse(g.string("since")),
                        g.string("why")))
            .toList(),
        Bytes.of(file).sha256().hex());
  }

  /** Floors that the version does not reach, among those known at that time. */
  List<Floor> missed(SnpProduct product, TcbVersion tcb, Instant at) {
    return floors.stream()
        .filter(f -> f.product().equals(product.wire()) && !at.isBefore(f.since()))
        .filter(f -> !f.holds(tcb))
        .toList();
  }

  /** What is held against the whole line at that time. */
  Optional<Generation> against(SnpProduct product, Instant at) {
    return generations.stream()
        .filter(g -> g.product().equals(product.wire()) && !at.isBefore(g.since()))
        .findFirst();
  }
}
