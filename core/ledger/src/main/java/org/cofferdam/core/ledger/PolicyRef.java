// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import org.cofferdam.core.bytes.json.Json;

/**
 * The policy that decided.
 *
 * @param name for example {@code release}
 * @param version as the policy states it
 * @param digest of its text, which the content store keeps
 */
public record PolicyRef(String name, String version, ContentDigest digest) {
  Json toJson() {
    return Json.object()
        .put("name", name)
        .put("version", version)
        .put("digest", digest.toString())
        .build();
  }

  static PolicyRef fromJson(Json.Obj json) {
    json.only("name", "version", "digest");
    return new PolicyRef(
        json.string("name"), json.string("version"), ContentDigest.parse(json.string("digest")));
  }
}
