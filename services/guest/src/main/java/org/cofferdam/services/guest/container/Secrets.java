// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cofferdam.core.bytes.SecretBytes;

/** What the broker released to this pod, by resource name, for as long as the pod lives. */
public final class Secrets implements AutoCloseable {
  private final Map<String, SecretBytes> byName = new LinkedHashMap<>();

  /** Keeps the value of a resource that is not there yet, and wipes it with the others. */
  public void put(String resource, SecretBytes value) {
    byName.put(resource, value);
  }

  public boolean has(String resource) {
    return byName.containsKey(resource);
  }

  SecretBytes get(String resource) {
    SecretBytes value = byName.get(resource);
    if (value == null) {
      throw new IllegalStateException("was not fetched: " + resource);
    }
    return value;
  }

  /** The value as text for an environment, which the kernel keeps as bytes without NUL. */
  String text(String resource) {
    return get(resource).lend(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    byName.values().forEach(SecretBytes::close);
    byName.clear();
  }
}
