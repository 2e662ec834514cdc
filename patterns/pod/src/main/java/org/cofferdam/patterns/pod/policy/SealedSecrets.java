// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.util.Optional;

/** The sealed form that stands in a Secret in place of its value. */
@FunctionalInterface
public interface SealedSecrets {
  /** None is known: any sealed text is taken, and no plain one. */
  SealedSecrets UNKNOWN = resource -> Optional.empty();

  /**
   * The beginning of the text, up to its signature, which the guest checks itself.
   *
   * @param resource the broker's name, {@code repository/type/tag}
   */
  Optional<String> text(String resource);
}
