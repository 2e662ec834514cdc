// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.reference;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What one claim of the evidence must be (RFC 9334 §8.3).
 *
 * @param id stable, and the id of the check that it leads to, for example {@code tpm.pcr4} or
 *     {@code pod.orders.args}
 * @param claim JSON pointer (RFC 6901) into the claims of the evidence, for example {@code
 *     /tpm/pcrs/sha256/4}
 * @param match how the claim must stand to it
 * @param origin where the value comes from
 * @param detail which inputs moved it, in words, for example {@code kernel image and its load
 *     parameters}
 * @param state only {@link State#ACTIVE} values are accepted
 * @param notBefore valid from, or null
 * @param notAfter valid to, or null
 */
public record ReferenceValue(
    String id,
    String claim,
    Match match,
    Origin origin,
    String detail,
    State state,
    @Nullable Instant notBefore,
    @Nullable Instant notAfter) {

  /** Where a value comes from. */
  public enum Origin {
    /** Computed from the inputs of the launch. */
    PREDICTED,
    /** Read from a running guest; not accepted unless asked for. */
    LEARNED,
    /** Given by a person or another tool. */
    SUPPLIED
  }

  /** A value's life. */
  public enum State {
    STAGED,
    ACTIVE,
    RETIRED
  }

  /** An active, predicted value without an end. */
  public static ReferenceValue predicted(String id, String claim, Json value, String detail) {
    return new ReferenceValue(
        id, claim, new Match.Exact(value), Origin.PREDICTED, detail, State.ACTIVE, null, null);
  }

  public Json toJson() {
    Json.Builder json =
        Json.object()
            .put("id", id)
            .put("claim", claim)
            .put("match", match.toJson())
            .put("origin", origin.name().toLowerCase(Locale.ROOT))
            .put("detail", detail)
            .put("state", state.name().toLowerCase(Locale.ROOT));
    if (notBefore != null) {
      json.put("notBefore", notBefore.toString());
    }
    if (notAfter != null) {
      json.put("notAfter", notAfter.toString());
    }
    return json.build();
  }

  /**
   * @throws MalformedEvidenceException on any other form than {@link #toJson} writes
   */
  public static ReferenceValue fromJson(Json json) {
    Json.Obj o = json.asObject("value");
    o.only("id", "claim", "match", "origin", "detail", "state", "notBefore", "notAfter");
    return new ReferenceValue(
        o.string("id"),
        o.string("claim"),
        Match.fromJson(o.require("match")),
        word(Origin.class, "origin", o),
        o.string("detail"),
        word(State.class, "state", o),
        instant("notBefore", o),
        instant("notAfter", o));
  }

  private static <E extends Enum<E>> E word(Class<E> type, String name, Json.Obj o) {
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(o.string(name))) {
        return value;
      }
    }
    throw new MalformedEvidenceException("reference value", name, -1, "has an unknown word");
  }

  private static @Nullable Instant instant(String name, Json.Obj o) {
    if (o.get(name).isEmpty()) {
      return null;
    }
    try {
      return Instant.parse(o.string(name));
    } catch (DateTimeParseException e) {
      throw new MalformedEvidenceException("reference value", name, -1, "is no RFC 3339 time");
    }
  }
}
