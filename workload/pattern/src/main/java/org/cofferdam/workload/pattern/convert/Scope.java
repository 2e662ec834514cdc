// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.convert;

import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Workload;

/**
 * What a conversion works on.
 *
 * @param workload it
 * @param bundle what was given beside it
 * @param notes where findings go
 */
public record Scope(Workload workload, Bundle bundle, Notes notes) {

  /** The broker's name for a key of a Secret of the workload's namespace. */
  public String resource(String secret, String key) {
    return workload.namespace() + "/" + secret + "/" + key;
  }
}
