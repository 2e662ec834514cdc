// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern;

import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Workload;

/**
 * One of the four units that can be isolated. A pattern is a pure function of its arguments: it
 * reads no file, asks no network and knows no time.
 *
 * @param <E> what must be known of the engine that will start the workload before its measurements
 *     can be predicted
 */
public interface Pattern<E> extends Assessor {

  /**
   * What must it become? Where a fact is missing, an error finding names it and no file is made.
   */
  Conversion convert(Workload workload, Bundle bundle, ConversionSettings settings);

  /** What will it measure? Only for a conversion that is {@link Conversion#done}. */
  Prediction predict(Conversion conversion, E engine);

  /** How would it be started? Only for a conversion that is {@link Conversion#done}. */
  LaunchPlan plan(Conversion conversion);
}
