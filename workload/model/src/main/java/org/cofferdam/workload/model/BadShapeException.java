// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

/** A field of a manifest that has another type than Kubernetes gives it. */
final class BadShapeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  BadShapeException(Place place, String message) {
    super(message);
    this.problem = new Problem(place.file(), place.line(), message);
  }

  Problem problem() {
    return problem;
  }
}
