// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * The answer to {@link KbsRequest}.
 *
 * @param nonce 32 random bytes as padded base64; the guest returns the text as it is
 * @param extraParams the empty string, or an object such as {@link TpmActivation}
 */
public record Challenge(String nonce, Json extraParams) {

  public Json toJson() {
    return Json.object().put("nonce", nonce).put("extra-params", extraParams).build();
  }

  /**
   * @throws MalformedEvidenceException where a member is absent or of another type
   */
  public static Challenge fromJson(Json json) {
    Json.Obj o = json.asObject("challenge");
    return new Challenge(o.string("nonce"), o.require("extra-params"));
  }
}
