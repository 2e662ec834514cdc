// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

/**
 * All keys of a ConfigMap or Secret as environment variables.
 *
 * @param node complete
 * @param prefix in front of each name
 * @param kind which of both
 * @param name of the object
 * @param optional it may be missing
 */
public record EnvFrom(Node.Mapping node, String prefix, Kind kind, String name, boolean optional) {
  /** Which of both. */
  public enum Kind {
    CONFIG_MAP,
    SECRET
  }
}
