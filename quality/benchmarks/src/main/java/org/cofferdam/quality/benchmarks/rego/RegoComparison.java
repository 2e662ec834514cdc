// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.rego;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link RegoBenchmark} and, in the same run, the same policies with the peers whose programs
 * are given: {@code opa=PATH} (quality/conformance/opa) and {@code regorus=PATH}
 * (quality/conformance/regorus). With {@code no-jmh} only the comparison runs, in processor time,
 * which is what a machine that has other work can tell.
 */
public final class RegoComparison {
  private static final int MILLIS = 5000;

  private RegoComparison() {}

  public static void main(String[] args) throws RunnerException, IOException {
    List<String> rest = new ArrayList<>(List.of(args));
    if (!rest.remove("no-jmh")) {
      new Runner(new OptionsBuilder().include(RegoBenchmark.class.getSimpleName()).build()).run();
    }
    RegoBenchmark own = new RegoBenchmark();
    System.out.println(own("attestation", own::evaluateAttestation, own::compileAttestation));
    System.out.println(own("guest", own::evaluateGuest, own::compileGuest));
    for (String arg : rest) {
      String name = arg.substring(0, arg.indexOf('='));
      String program = arg.substring(arg.indexOf('=') + 1);
      System.out.println(
          peer(
              name,
              program,
              "attestation",
              SamplePolicies.attestation(),
              "data.policy.trust_claims",
              SamplePolicies.evidence()));
      System.out.println(
          peer(
              name,
              program,
              "guest",
              SamplePolicies.guest(),
              "data.agent_policy.CreateContainerRequest",
              SamplePolicies.request()));
    }
  }

  /** Warm-up, then as many as the time allows; time of the processor, so that load is no matter. */
  private static String own(String what, Runnable evaluate, Runnable compile) {
    long begin = processor();
    while (processor() - begin < MILLIS * 1_000_000L) {
      compile.run();
      for (int i = 0; i < 64; i++) {
        evaluate.run();
      }
    }
    double[] evaluated = measure(evaluate);
    double[] compiled = measure(compile);
    return String.format(
        "%-10s %-12s evaluate %9.1f us/op, %9.1f us of processor   compile %9.1f us, %9.1f us of"
            + " processor",
        "cofferdam", what, evaluated[0], evaluated[1], compiled[0], compiled[1]);
  }

  /** Processor time of all threads of this JVM, in nanoseconds. */
  private static long processor() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Microseconds of one run: by the clock, and of the processor. */
  private static double[] measure(Runnable work) {
    long used = processor();
    long begin = System.nanoTime();
    long count = 0;
    while (processor() - used < MILLIS * 500_000L) {
      for (int i = 0; i < 16; i++) {
        work.run();
      }
      count += 16;
    }
    return new double[] {
      (System.nanoTime() - begin) / 1000.0 / count, (processor() - used) / 1000.0 / count
    };
  }

  private static String peer(
      String name, String program, String what, String module, String rule, String input)
      throws IOException {
    Map<Value, Value> m = new HashMap<>();
    m.put(RegoString.of("modules"), RegoArray.of(RegoString.of(module)));
    m.put(RegoString.of("query"), RegoString.of("x = " + rule));
    m.put(RegoString.of("rule"), RegoString.of(rule));
    m.put(RegoString.of("input"), Json.parse(input));
    m.put(RegoString.of("millis"), RegoNumber.of(MILLIS));
    if (what.equals("attestation")) {
      m.put(RegoString.of("stub"), RegoString.of("query_reference_value"));
      m.put(RegoString.of("data"), RegoObject.of("stub", Json.parse(SamplePolicies.references())));
    }
    Process p = new ProcessBuilder(program).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    p.getOutputStream()
        .write((Json.write(RegoObject.of(m)) + "\n").getBytes(StandardCharsets.UTF_8));
    p.getOutputStream().close();
    String answer = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!(Json.parse(answer) instanceof RegoObject o)
        || !(o.get("count") instanceof RegoNumber count)
        || !(o.get("nanos") instanceof RegoNumber nanos)
        || !(o.get("processor") instanceof RegoNumber processor)
        || !(o.get("compiled") instanceof RegoNumber compiled)) {
      return name + " " + what + ": " + answer;
    }
    return String.format(
        "%-10s %-12s evaluate %9.1f us/op, %9.1f us of processor   first compile %9.1f us   result"
            + " %s",
        name,
        what,
        nanos.doubleValue() / count.doubleValue() / 1000,
        processor.doubleValue() / count.doubleValue() / 1000,
        compiled.doubleValue() / 1000,
        o.get("result") == null ? o.get("value") : o.get("result"));
  }
}
