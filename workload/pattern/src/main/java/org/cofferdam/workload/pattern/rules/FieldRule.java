// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.rules;

import java.util.List;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Severity;

/**
 * What a pattern says of one field.
 *
 * @param path names from the start down, {@code *} for every item or member
 * @param fromObject the path starts at the whole object and not at the pod's spec
 * @param condition when it speaks
 * @param severity of the finding
 * @param fixable as in {@link Finding}
 * @param id of the finding
 * @param message of the finding
 * @param fix of the finding
 */
record FieldRule(
    List<String> path,
    boolean fromObject,
    Condition condition,
    Severity severity,
    boolean fixable,
    String id,
    String message,
    String fix) {
  FieldRule {
    path = List.copyOf(path);
  }

  /** When a rule speaks. */
  sealed interface Condition {
    boolean holds(Node node);
  }

  /** The field is there. */
  record Present() implements Condition {
    @Override
    public boolean holds(Node node) {
      return true;
    }
  }

  /** The field has this text. */
  record Is(String text) implements Condition {
    @Override
    public boolean holds(Node node) {
      return node instanceof Node.Scalar s && s.value().equals(text);
    }
  }

  /** The field has another text. */
  record IsNot(String text) implements Condition {
    @Override
    public boolean holds(Node node) {
      return !(node instanceof Node.Scalar s && s.value().equals(text));
    }
  }

  /** An image reference without a digest. */
  record Unpinned() implements Condition {
    @Override
    public boolean holds(Node node) {
      return node instanceof Node.Scalar s && !s.value().contains("@sha256:");
    }
  }

  /** The field is not there; the finding stands at its owner. */
  record Absent() implements Condition {
    @Override
    public boolean holds(Node node) {
      return false;
    }
  }

  Finding at(Node node) {
    return new Finding(id, severity, node.place(), message, fix, fixable);
  }
}
