// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.agent.rehearsal;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class RehearsalTest {
  /** It fails by itself where the agent does not get to the end. */
  @Test
  void goesThroughTheWholeAgent() {
    assertThatCode(Rehearsal::run).doesNotThrowAnyException();
  }
}
