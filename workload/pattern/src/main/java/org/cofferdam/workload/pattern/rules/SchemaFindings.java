// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.rules;

import java.util.List;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.model.schema.Deviation;
import org.cofferdam.workload.model.schema.KubernetesSchema;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Severity;

/** What a workload says that the Kubernetes API does not know, as findings of a pattern. */
public final class SchemaFindings {
  private static final KubernetesSchema SCHEMA = KubernetesSchema.load();

  private SchemaFindings() {}

  /**
   * One finding for each field that is unknown or of another type: none is passed over.
   *
   * @param pattern whose name unknown fields are reported under
   */
  public static List<Finding> of(String pattern, Workload workload) {
    return SCHEMA.check(workload.document()).stream().map(d -> finding(pattern, d)).toList();
  }

  private static Finding finding(String pattern, Deviation deviation) {
    return switch (deviation.kind()) {
      case UNKNOWN_FIELD ->
          new Finding(
              pattern + ".unknown-field",
              Severity.WARNING,
              deviation.node().place(),
              deviation.message() + " Nothing is done with it.",
              deviation.fix(),
              true);
      case WRONG_TYPE ->
          new Finding(
              "manifest.wrong-type",
              Severity.ERROR,
              deviation.node().place(),
              deviation.message(),
              deviation.fix(),
              true);
    };
  }
}
