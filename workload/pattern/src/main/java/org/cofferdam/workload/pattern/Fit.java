// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern;

import java.util.List;
import org.cofferdam.core.bytes.json.Json;

/**
 * Whether a workload fits a pattern.
 *
 * @param verdict follows from the findings
 * @param findings in the order of the text
 */
public record Fit(Verdict verdict, List<Finding> findings) {
  public Fit {
    findings = List.copyOf(findings);
  }

  /** The three answers. */
  public enum Verdict {
    FITS("fits"),
    FITS_AFTER_CHANGES("fits-after-changes"),
    DOES_NOT_FIT("does-not-fit");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    /** The word in JSON. */
    public String word() {
      return word;
    }
  }

  /**
   * No error: fits. Errors that all have a fix within the pattern: fits after changes. Any other
   * error: does not fit.
   */
  public static Fit of(List<Finding> findings) {
    List<Finding> errors = findings.stream().filter(f -> f.severity() == Severity.ERROR).toList();
    if (errors.isEmpty()) {
      return new Fit(Verdict.FITS, findings);
    }
    boolean all = errors.stream().allMatch(Finding::fixable);
    return new Fit(all ? Verdict.FITS_AFTER_CHANGES : Verdict.DOES_NOT_FIT, findings);
  }

  public Json toJson() {
    return Json.object()
        .put("verdict", verdict.word())
        .put("findings", Json.array(findings.stream().map(Finding::toJson).toList()))
        .build();
  }
}
