// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.List;
import java.util.Optional;

/**
 * All that one scan was given.
 *
 * @param documents in the order of the sources
 * @param workloads what runs containers
 * @param configMaps given beside them
 * @param secrets given beside them
 * @param services given beside them
 * @param others what runs no container by itself
 * @param problems what could not be read
 */
public record Bundle(
    List<Document> documents,
    List<Workload> workloads,
    List<ConfigData> configMaps,
    List<ConfigData> secrets,
    List<ServiceSpec> services,
    List<Other> others,
    List<Problem> problems) {
  public Bundle {
    others = List.copyOf(others);
    documents = List.copyOf(documents);
    workloads = List.copyOf(workloads);
    configMaps = List.copyOf(configMaps);
    secrets = List.copyOf(secrets);
    services = List.copyOf(services);
    problems = List.copyOf(problems);
  }

  public Optional<ConfigData> secret(String namespace, String name) {
    return find(secrets, namespace, name);
  }

  public Optional<ConfigData> configMap(String namespace, String name) {
    return find(configMaps, namespace, name);
  }

  /** The Services whose selector the pods of this workload match. */
  public List<ServiceSpec> servicesOf(Workload workload) {
    return services.stream().filter(s -> s.selects(workload)).toList();
  }

  /** The same with these problems instead of its own. */
  public Bundle with(List<Problem> all) {
    return new Bundle(documents, workloads, configMaps, secrets, services, others, all);
  }

  private static Optional<ConfigData> find(List<ConfigData> all, String namespace, String name) {
    return all.stream()
        .filter(d -> d.namespace().equals(namespace) && d.name().equals(name))
        .findFirst();
  }
}
