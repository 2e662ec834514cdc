// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.rego;

import java.util.concurrent.TimeUnit;
import org.cofferdam.core.rego.Builtin;
import org.cofferdam.core.rego.Evaluation;
import org.cofferdam.core.rego.Policy;
import org.cofferdam.core.rego.Query;
import org.cofferdam.core.rego.QueryResult;
import org.cofferdam.core.rego.RegoCompiler;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Evaluation and compilation of an attestation policy and of a guest policy. Single calls are
 * timed: their median is what a machine says that has other work too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 15, time = 1)
@Measurement(iterations = 15, time = 1)
@Fork(1)
public class RegoBenchmark {
  private final String attestationText = SamplePolicies.attestation();
  private final String guestText = SamplePolicies.guest();
  private final RegoObject references = (RegoObject) Json.parse(SamplePolicies.references());
  private final Value evidence = Json.parse(SamplePolicies.evidence());
  private final Value request = Json.parse(SamplePolicies.request());
  private final Query attestation = compileAttestation().document("data.policy.trust_claims");
  private final Query guest = compileGuest().document("data.agent_policy.CreateContainerRequest");

  /** A compiled attestation policy decides. */
  @Benchmark
  public QueryResult evaluateAttestation() {
    return attestation.evaluate(new Evaluation().input(evidence).nanos(System::nanoTime));
  }

  /** A compiled guest policy decides about a CreateContainer request. */
  @Benchmark
  public QueryResult evaluateGuest() {
    return guest.evaluate(new Evaluation().input(request).nanos(System::nanoTime));
  }

  /** The attestation policy from text to plan. */
  @Benchmark
  public final Policy compileAttestation() {
    Builtin lookUp =
        new Builtin(
            "query_reference_value",
            1,
            (c, a) -> {
              Value v = references.get(a[0]);
              return v == null ? RegoNull.NULL : v;
            });
    return new RegoCompiler().builtin(lookUp).add("policy.rego", attestationText).compile();
  }

  /** The guest policy from text to plan. */
  @Benchmark
  public final Policy compileGuest() {
    return new RegoCompiler().add("guest.rego", guestText).compile();
  }
}
