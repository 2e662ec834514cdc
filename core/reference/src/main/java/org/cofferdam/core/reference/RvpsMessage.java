// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * A message of Trustee's reference value provider (RVPS), type {@code sample}: {@code {"version":
 * "0.1.0", "type": "sample", "payload": BASE64}}, the payload an object of a name and its allowed
 * values. Nobody signs it, so its values are supplied ones. They are staged, until someone
 * activates them, and they end: RVPS writes an end and never looks at it.
 */
public final class RvpsMessage {
  private static final String FORMAT = "RVPS message";

  private RvpsMessage() {}

  /**
   * The values in the message, each one allowed where a claim is any of them.
   *
   * @param claims which claim a name is about, as JSON pointers; a name that is a pointer stands
   *     for itself
   * @throws MalformedEvidenceException on another form, or a name that is about no known claim
   */
  public static List<ReferenceValue> read(
      Json message, Map<String, String> claims, Instant from, Instant until) {
    Json.Obj o = message.asObject(FORMAT);
    o.only("version", "type", "payload");
    if (!o.string("version").equals("0.1.0") || !o.string("type").equals("sample")) {
      throw new MalformedEvidenceException(FORMAT, "type", -1, "is not sample of version 0.1.0");
    }
    Json.Obj payload = Json.parse(decode(o.string("payload"))).asObject("payload");
    List<ReferenceValue> values = new ArrayList<>();
    payload
        .members()
        .forEach(
            (name, allowed) ->
                values.add(
                    new ReferenceValue(
                        name,
                        claim(name, claims),
                        new Match.AnyOf(allowed.asArray(name)),
                        ReferenceValue.Origin.SUPPLIED,
                        "from an RVPS message",
                        ReferenceValue.State.STAGED,
                        from,
                        until)));
    return List.copyOf(values);
  }

  private static String claim(String name, Map<String, String> claims) {
    String claim = name.startsWith("/") ? name : claims.get(name);
    if (claim == null) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "is about no claim that is known");
    }
    return claim;
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException(FORMAT, "payload", -1, "is no base64");
    }
  }
}
