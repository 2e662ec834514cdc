// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.trial;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.policy.GuestAgent;

/**
 * Each power of a hostile control plane, tried on a policy and on the baseline: a policy that
 * refuses exec and its own replacement, and allows all else.
 *
 * @param rows in order
 */
public record Matrix(List<Row> rows) {
  public Matrix {
    rows = List.copyOf(rows);
  }

  /**
   * @param power id
   * @param what the power is
   * @param state {@code hardware}, {@code policy}, {@code admission} or {@code open}
   * @param baseline the same for the baseline
   * @param why one sentence
   */
  public record Row(String power, String what, String state, String baseline, String why) {
    Json toJson() {
      return Json.object()
          .put("power", power)
          .put("what", what)
          .put("state", state)
          .put("baseline", baseline)
          .put("why", why)
          .build();
    }
  }

  /**
   * Tries all powers.
   *
   * @param policy the text of the policy
   * @param facts of the pod that it is for
   */
  public static Matrix of(String policy, Json.Obj facts) {
    GuestAgent agent = GuestAgent.start(policy);
    GuestAgent baseline = GuestAgent.start(Baseline.POLICY);
    IdentityHashMap<List<Json>, GuestAgent> begun = new IdentityHashMap<>();
    IdentityHashMap<List<Json>, GuestAgent> begunAtBaseline = new IdentityHashMap<>();
    List<Row> rows = new ArrayList<>();
    for (Power power : new HostileHost(facts).powers()) {
      Power.Elsewhere elsewhere = power.elsewhere();
      if (elsewhere != null) {
        rows.add(
            new Row(
                power.id(), power.what(), elsewhere.state(), elsewhere.state(), elsewhere.why()));
        continue;
      }
      List<String> reasons = new ArrayList<>();
      boolean open = allowed(begun(begun, agent, power), power, reasons);
      boolean without = allowed(begun(begunAtBaseline, baseline, power), power, new ArrayList<>());
      rows.add(
          new Row(
              power.id(),
              power.what(),
              open ? "open" : "policy",
              without ? "open" : "policy",
              open ? "The policy allows it." : reasons.getFirst()));
    }
    return new Matrix(rows);
  }

  /** An agent that has seen what comes before; the same beginning is played once. */
  private static GuestAgent begun(
      Map<List<Json>, GuestAgent> begun, GuestAgent agent, Power power) {
    return begun
        .computeIfAbsent(
            power.before(),
            before -> {
              GuestAgent one = agent.restarted();
              for (Json item : before) {
                Json.Obj request = item.asObject("request");
                one.judge(request.string("kind"), request.require("request"));
              }
              return one;
            })
        .copy();
  }

  private static boolean allowed(GuestAgent agent, Power power, List<String> reasons) {
    for (Json item : power.attack()) {
      Json.Obj request = item.asObject("request");
      GuestAgent.Decision decision =
          agent.decide(request.string("kind"), request.require("request"));
      if (!decision.allowed()) {
        reasons.addAll(decision.reasons());
        return false;
      }
    }
    return true;
  }

  /** How many are open. */
  public long open() {
    return rows.stream().filter(r -> r.state().equals("open")).count();
  }

  /** How many the baseline leaves open. */
  public long openAtBaseline() {
    return rows.stream().filter(r -> r.baseline().equals("open")).count();
  }

  public Json toJson() {
    return Json.array(rows.stream().map(Row::toJson).toList());
  }
}
