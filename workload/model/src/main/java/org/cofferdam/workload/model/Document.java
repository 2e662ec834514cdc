// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.Optional;

/**
 * One document of a source.
 *
 * @param source where it stands
 * @param index counted from 0 within the source
 * @param root its top value
 */
public record Document(Source source, int index, Node.Mapping root) {
  public String kind() {
    return root.text("kind").orElse("");
  }

  public String apiVersion() {
    return root.text("apiVersion").orElse("");
  }

  public Optional<String> name() {
    return root.mapping("metadata").flatMap(m -> m.text("name"));
  }

  /** As written, or {@code default}. */
  public String namespace() {
    return root.mapping("metadata").flatMap(m -> m.text("namespace")).orElse("default");
  }
}
