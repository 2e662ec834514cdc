// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model.schema;

import org.cofferdam.workload.model.Node;

/**
 * A place where a document says what the Kubernetes API does not know.
 *
 * @param kind what is wrong
 * @param node the value
 * @param message one sentence
 * @param fix what to do
 */
public record Deviation(Kind kind, Node node, String message, String fix) {

  /** What is wrong. */
  public enum Kind {
    /** No such field: a typing error, or newer than this table. */
    UNKNOWN_FIELD,
    /** The field is there, but its value has another type. */
    WRONG_TYPE
  }
}
