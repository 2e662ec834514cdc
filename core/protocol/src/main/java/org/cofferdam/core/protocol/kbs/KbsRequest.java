// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * The first message: POST {@code /kbs/v0/auth}.
 *
 * @param version as text, since a version that is not spoken must be answered by name
 * @param tee wire name, for example {@code tpm} or {@code snp}
 * @param extraParams an object of options; the empty string in older clients
 */
public record KbsRequest(String version, String tee, Json extraParams) {

  public Json toJson() {
    return Json.object()
        .put("version", version)
        .put("tee", tee)
        .put("extra-params", extraParams)
        .build();
  }

  /**
   * Members of later versions are passed over.
   *
   * @throws MalformedEvidenceException where a member is absent or of another type
   */
  public static KbsRequest fromJson(Json json) {
    Json.Obj o = json.asObject("request");
    return new KbsRequest(o.string("version"), o.string("tee"), o.require("extra-params"));
  }
}
