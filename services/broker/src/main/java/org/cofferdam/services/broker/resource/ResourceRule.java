// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.resource;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * How long and how often a resource may be handed out.
 *
 * @param notAfter null for ever
 * @param maxReleases null for any number
 * @param released how often it was, since the rule was set
 */
public record ResourceRule(@Nullable Instant notAfter, @Nullable Long maxReleases, long released) {
  /** No limit. */
  static final ResourceRule NONE = new ResourceRule(null, null, 0);

  /**
   * Reads {@code {"notAfter", "maxReleases"}}; null and an absent member set no limit.
   *
   * @throws MalformedEvidenceException where the form is another
   */
  public static ResourceRule fromJson(Json json) {
    Json.Obj o = json.asObject("rule");
    o.only("notAfter", "maxReleases");
    Long most = present(o, "maxReleases").map(n -> n.asLong("maxReleases")).orElse(null);
    if (most != null && most < 0) {
      throw new MalformedEvidenceException("rule", "maxReleases", -1, "is below 0");
    }
    return new ResourceRule(
        present(o, "notAfter").map(t -> time(t.asString("notAfter"))).orElse(null), most, 0);
  }

  private static Optional<Json> present(Json.Obj o, String name) {
    return o.get(name).filter(v -> v != Json.Null.NULL);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new MalformedEvidenceException("rule", "notAfter", -1, "is no RFC 3339 time");
    }
  }

  public Json toJson() {
    return Json.object()
        .put("notAfter", Json.nullable(notAfter == null ? null : notAfter.toString()))
        .put("maxReleases", maxReleases == null ? Json.Null.NULL : Json.of(maxReleases))
        .put("released", released)
        .build();
  }

  /** The first rule that does not hold for one more release at this time. */
  Optional<Check> broken(Instant at) {
    if (notAfter != null && !at.isBefore(notAfter)) {
      return Optional.of(
          Check.of(
              "release.in-time",
              false,
              "before " + notAfter,
              at.toString(),
              "The resource was given an end.",
              "Write a new rule for the resource, or use another one."));
    }
    if (maxReleases != null && released >= maxReleases) {
      return Optional.of(
          Check.of(
              "release.within-limit",
              false,
              "at most " + maxReleases + " releases",
              released + " were made",
              "The resource was given a number of releases.",
              "Write a new rule for the resource, or use another one."));
    }
    return Optional.empty();
  }
}
