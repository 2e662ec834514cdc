// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

/**
 * One thing that runs containers: a Pod, or an object with a pod template.
 *
 * @param document the whole object
 * @param kind as Kubernetes spells it, for example {@code Deployment}
 * @param namespace as written, or {@code default}
 * @param name as written; an object with only {@code generateName} has that, without its last dash
 * @param pod what its pods look like
 */
public record Workload(
    Document document, String kind, String namespace, String name, PodTemplate pod) {

  /** {@code namespace/name}, the name under which a broker knows it. */
  public String id() {
    return namespace + "/" + name;
  }

  public Place place() {
    return document.root().place();
  }
}
