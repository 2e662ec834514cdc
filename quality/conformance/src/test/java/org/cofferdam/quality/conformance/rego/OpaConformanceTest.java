// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * OPA's own evaluation cases, from the Go module that {@code quality/conformance/opa/go.mod} names
 * ({@code go mod download} fetches it).
 */
@Tag("foreign")
class OpaConformanceTest {
  @Test
  void allPublishedCasesPass() throws Exception {
    Path module = OpaModule.folder();
    assumeTrue(module != null, "OPA's Go module is not there");
    List<OpaCases.Outcome> all = OpaCases.run(module.resolve("v1/test/cases/testdata"));
    assertThat(all).hasSizeGreaterThan(4000);
    assertThat(all).filteredOn(o -> !o.failure().isEmpty()).isEmpty();
    System.out.println("all " + all.size() + " cases pass");
  }
}
