// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Assessor;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.Severity;
import org.cofferdam.workload.pattern.rules.FieldRules;
import org.cofferdam.workload.pattern.rules.TableAssessor;

/**
 * Each container's process in an enclave of its own: what containers shared must become a channel.
 */
public final class ProcessAssessor implements Assessor {
  private static final TableAssessor TABLE =
      new TableAssessor("process", FieldRules.load(ProcessAssessor.class, "field-rules.txt"));
  private static final Set<String> SHELLS =
      Set.of("sh", "/bin/sh", "/usr/bin/sh", "bash", "/bin/bash", "/usr/bin/bash", "/bin/ash");

  @Override
  public String name() {
    return TABLE.name();
  }

  @Override
  public Fit assess(Workload workload, Bundle bundle) {
    List<Finding> findings = new ArrayList<>(TABLE.findings(workload, bundle));
    List<ContainerSpec> containers = workload.pod().containers();
    for (ContainerSpec container : containers.subList(1, containers.size())) {
      findings.add(
          warning(
              "process.several-containers",
              container.node(),
              "Each container becomes an enclave of its own; localhost between them is open to the node.",
              "The conversion puts an attested channel between them."));
    }
    workload.pod().all().forEach(c -> shell(c, findings));
    return Fit.of(TableAssessor.inOrder(findings));
  }

  private static void shell(ContainerSpec container, List<Finding> findings) {
    List<String> command = container.command().isEmpty() ? container.args() : container.command();
    if (!command.isEmpty() && SHELLS.contains(command.getFirst())) {
      findings.add(
          warning(
              "process.shell",
              container.node().get("command").orElse(container.node()),
              "A shell starts other processes, and each fork is a new enclave with a copy of the memory: slow, and it needs room for both.",
              "Start the program directly."));
    }
  }

  private static Finding warning(String id, Node at, String message, String fix) {
    return new Finding(id, Severity.WARNING, at.place(), message, fix, true);
  }
}
