// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * The body of every answer that is not a success. Clients parse it and stop with another message
 * where it is anything else.
 *
 * @param detail for people; clients look for some fixed texts in it
 */
public record KbsError(Variant variant, String detail) {
  private static final String PREFIX = "https://github.com/confidential-containers/kbs/errors/";

  /** What went wrong, by the names that the peers use. */
  public enum Variant {
    AdminAuthInitialization,
    AdminAuthAccess,
    AttestationError,
    HTTPFailed,
    HTTPSFailed,
    InvalidRequestPath,
    JweError,
    PluginManagerInitialization,
    PluginNotFound,
    PluginInternalError,
    PolicyDeny,
    ParsePolicyError,
    PolicyEngineError,
    RvpsError,
    SerdeError,
    StorageBackendInitialization,
    TokenNotFound,
    TokenVerifierError,
    PrometheusError
  }

  public Json toJson() {
    return Json.object().put("type", PREFIX + variant).put("detail", detail).build();
  }

  /**
   * Members of other brokers are passed over.
   *
   * @throws MalformedEvidenceException where a member is absent or the variant is not known
   */
  public static KbsError fromJson(Json json) {
    Json.Obj o = json.asObject("error");
    String type = o.string("type");
    for (Variant variant : Variant.values()) {
      if (type.equals(PREFIX + variant)) {
        return new KbsError(variant, o.string("detail"));
      }
    }
    throw new MalformedEvidenceException("error", "type", -1, "is not known");
  }
}
