// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * The answer to {@link KbsAttestation}.
 *
 * @param token an EAR as JWT
 */
public record KbsResponse(String token) {

  public Json toJson() {
    return Json.object().put("token", token).build();
  }

  /**
   * @throws MalformedEvidenceException where there is no token
   */
  public static KbsResponse fromJson(Json json) {
    return new KbsResponse(json.asObject("response").string("token"));
  }
}
