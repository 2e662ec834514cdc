// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.config;

import java.nio.file.Path;
import org.cofferdam.core.bytes.json.Json;

/**
 * A key of a test root or simulator that the server is to trust.
 *
 * @param id names it in every result
 * @param use what it may vouch for, for example {@code tpm-ek}
 * @param file PEM: certificates or public keys
 */
public record DevelopmentAnchor(String id, String use, Path file) {
  static DevelopmentAnchor fromJson(Json json, Path base) {
    Json.Obj o = json.asObject("developmentAnchors");
    o.only("id", "use", "file");
    return new DevelopmentAnchor(o.string("id"), o.string("use"), base.resolve(o.string("file")));
  }
}
