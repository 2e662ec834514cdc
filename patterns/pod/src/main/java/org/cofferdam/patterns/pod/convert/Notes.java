// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.convert;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Severity;

/** Collects findings while a conversion goes on, each once. */
final class Notes {
  private final Set<Finding> findings = new LinkedHashSet<>();

  void addAll(List<Finding> others) {
    findings.addAll(others);
  }

  /** Stops the conversion; the fix keeps the pattern. */
  void error(String id, Node at, String message, String fix) {
    findings.add(new Finding(id, Severity.ERROR, at.place(), message, fix, true));
  }

  void warning(String id, Node at, String message, String fix) {
    findings.add(new Finding(id, Severity.WARNING, at.place(), message, fix, true));
  }

  void info(String id, Node at, String message) {
    findings.add(new Finding(id, Severity.INFO, at.place(), message, "", true));
  }

  List<Finding> all() {
    return new ArrayList<>(findings);
  }

  boolean failed() {
    return findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
  }
}
