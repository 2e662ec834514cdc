// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.workload;

/** Names of workloads: {@code namespace/name}, each a DNS label as Kubernetes has them. */
public final class WorkloadName {
  private static final String LABEL = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";

  private WorkloadName() {}

  public static boolean isValid(String name) {
    return name.matches(LABEL + "/" + LABEL);
  }
}
