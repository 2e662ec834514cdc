// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cofferdam.core.bytes.SecretBytes;

/**
 * The content of a ConfigMap or Secret. The values of both are held as secrets: people put
 * passwords into ConfigMaps.
 *
 * @param document the whole object
 * @param namespace as written, or {@code default}
 * @param name as written
 * @param type of a Secret, for example {@code Opaque}; empty for a ConfigMap
 * @param values by key, decoded, in the order of the text
 */
public record ConfigData(
    Document document,
    String namespace,
    String name,
    String type,
    Map<String, SecretBytes> values) {
  public ConfigData {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  @Override
  public String toString() {
    return "ConfigData[" + namespace + "/" + name + "]";
  }
}
