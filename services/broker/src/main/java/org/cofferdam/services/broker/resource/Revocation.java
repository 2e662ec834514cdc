// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.resource;

import java.util.Arrays;
import java.util.Locale;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.Tcb;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * What gets nothing any more.
 *
 * @param value a workload's name; hex of a measurement or a chip; an advisory's id
 * @param reason for people
 */
public record Revocation(Kind kind, String value, String reason) {
  private static final int LEAST_HEX = 16;

  /** What is revoked. */
  public enum Kind {
    /** A workload, {@code namespace/name}. */
    WORKLOAD,
    /** Whatever proves this value in any of its claims, for example a launch digest. */
    MEASUREMENT,
    /** The same for the identity of a chip or platform. */
    CHIP,
    /** Whatever an advisory or CVE of this id applies to, by the vendor's TCB information. */
    CVE;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
      return Arrays.stream(values())
          .filter(kind -> kind.wire().equals(word))
          .findFirst()
          .orElseThrow(
              () -> new MalformedEvidenceException("revocation", "kind", -1, "is unknown"));
    }
  }

  public Revocation {
    boolean hex = kind == Kind.MEASUREMENT || kind == Kind.CHIP;
    if (value.isBlank() || (hex && !value.matches("[0-9a-f]{" + LEAST_HEX + ",256}"))) {
      throw new MalformedEvidenceException(
          "revocation", "value", -1, "is empty, or not lower-case hex of 8 bytes or more");
    }
  }

  /**
   * @throws MalformedEvidenceException where the form is another
   */
  public static Revocation fromJson(Json json) {
    Json.Obj o = json.asObject("revocation");
    o.only("kind", "value", "reason");
    return new Revocation(Kind.of(o.string("kind")), o.string("value"), o.string("reason"));
  }

  public Json toJson() {
    return Json.object().put("kind", kind.wire()).put("value", value).put("reason", reason).build();
  }

  boolean covers(Appraisal appraisal) {
    return switch (kind) {
      case WORKLOAD -> appraisal.workload().equals(value);
      case MEASUREMENT, CHIP -> holds(appraisal.verified().report().claims());
      case CVE -> {
        Tcb tcb = appraisal.verified().report().tcb();
        yield tcb != null && tcb.advisories().contains(value);
      }
    };
  }

  private boolean holds(Json claim) {
    return switch (claim) {
      case Json.Obj o -> o.members().values().stream().anyMatch(this::holds);
      case Json.Arr a -> a.items().stream().anyMatch(this::holds);
      case Json.Str s -> s.value().equalsIgnoreCase(value);
      default -> false;
    };
  }
}
