// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.config;

import java.nio.file.Path;
import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * Somebody with policies, reference values, resources, administrators and a log of their own, under
 * {@code /t/NAME}.
 *
 * @param name a DNS label
 * @param adminKeys PEM files of Ed25519 public keys
 */
public record Tenant(String name, List<Path> adminKeys) {
  public Tenant {
    adminKeys = List.copyOf(adminKeys);
    if (!name.matches("[a-z]([a-z0-9-]{0,38}[a-z0-9])?")) {
      throw new MalformedEvidenceException(
          "configuration", "tenants.name", -1, "is not a lower-case label");
    }
  }

  static Tenant fromJson(Json json, Path base) {
    Json.Obj o = json.asObject("tenants");
    o.only("name", "adminKeys");
    return new Tenant(
        o.string("name"),
        o.array("adminKeys").stream().map(k -> base.resolve(k.asString("adminKeys"))).toList());
  }
}
