// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern;

import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A secret that the broker gives after attestation, and where the container finds it. Exactly one
 * of {@code env} and {@code file} is set.
 *
 * @param resource {@code repository/type/tag} at the broker, for example {@code
 *     default/orders-db/password}
 * @param container its name
 * @param env name of the variable, or null
 * @param file absolute path inside the container, or null
 * @param mode permission bits of the file
 */
public record SecretBinding(
    String resource, String container, @Nullable String env, @Nullable String file, int mode) {

  public static SecretBinding env(String resource, String container, String name) {
    return new SecretBinding(resource, container, name, null, 0);
  }

  public static SecretBinding file(String resource, String container, String path, int mode) {
    return new SecretBinding(resource, container, null, path, mode);
  }

  /** The form inside a container of {@code pod.json}, which the guest reads. */
  public Json.Obj toJson() {
    Json.Builder json = Json.object().put("resource", resource);
    if (env != null) {
      return json.put("env", env).build();
    }
    return json.put("file", Json.nullable(file)).put("mode", mode).build();
  }
}
