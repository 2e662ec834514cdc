// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

/**
 * One environment variable.
 *
 * @param node complete
 * @param name unique in its container; the last one wins where it is not
 * @param from where its value comes from
 */
public record EnvVar(Node.Mapping node, String name, Origin from) {

  /** Where a value comes from. */
  public sealed interface Origin {}

  /** Written in the manifest; may refer to earlier variables as {@code $(NAME)}. */
  public record Literal(String value) implements Origin {
    @Override
    public String toString() {
      return "Literal[" + value.length() + " characters]";
    }
  }

  public record SecretKey(String secret, String key, boolean optional) implements Origin {}

  public record ConfigMapKey(String configMap, String key, boolean optional) implements Origin {}

  /** From the downward API, for example {@code status.podIP}. */
  public record FieldRef(String path) implements Origin {}

  /** Anything else: {@code resourceFieldRef}, {@code fileKeyRef}, or what comes after us. */
  public record Other(String kind) implements Origin {}
}
