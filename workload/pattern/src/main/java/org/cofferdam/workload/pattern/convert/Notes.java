// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.convert;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Severity;

/** Collects findings while a conversion goes on, each once. Their ids begin with the pattern. */
public final class Notes {
  private final String pattern;
  private final Set<Finding> findings = new LinkedHashSet<>();

  /**
   * @param pattern its name
   */
  public Notes(String pattern) {
    this.pattern = pattern;
  }

  public void addAll(List<Finding> others) {
    findings.addAll(others);
  }

  /** Stops the conversion; the fix keeps the pattern. */
  public void error(String id, Node at, String message, String fix) {
    findings.add(new Finding(pattern + "." + id, Severity.ERROR, at.place(), message, fix, true));
  }

  public void warning(String id, Node at, String message, String fix) {
    findings.add(new Finding(pattern + "." + id, Severity.WARNING, at.place(), message, fix, true));
  }

  public void info(String id, Node at, String message) {
    findings.add(new Finding(pattern + "." + id, Severity.INFO, at.place(), message, "", true));
  }

  public List<Finding> all() {
    return new ArrayList<>(findings);
  }

  public boolean failed() {
    return findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
  }
}
