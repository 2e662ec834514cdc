// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Quantity;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.Severity;
import org.cofferdam.workload.pattern.rules.TextTable;

/**
 * What a pattern costs for one workload. Changes are counted by kind; memory and start are ranges
 * with their formula, and absent where nobody has published or measured a figure.
 *
 * @param byCofferdam changes that the conversion makes, by finding id
 * @param byPerson changes that a person must make, by finding id
 * @param watch findings that are no change but must be known or watched
 * @param memoryMib added for each replica
 * @param startSeconds added to each start
 * @param notEstimated why a figure is absent
 */
public record Effort(
    Map<String, Integer> byCofferdam,
    Map<String, Integer> byPerson,
    int watch,
    Optional<Range> memoryMib,
    Optional<Range> startSeconds,
    String notEstimated) {
  private static final List<String> AUTOMATIC =
      TextTable.read(Effort.class, "effort.txt", 1).stream().map(List::getFirst).toList();
  private static final String KATA = "overhead of Kata's runtime classes (kata-deploy 4.1.0)";
  private static final String CAA = "cloud-api-adaptor issue 343";

  /** For one pattern. */
  static Effort of(String pattern, Workload workload, Fit fit) {
    Map<String, Integer> cofferdam = new LinkedHashMap<>();
    Map<String, Integer> person = new LinkedHashMap<>();
    int watch = 0;
    for (Finding finding : fit.findings()) {
      boolean automatic = AUTOMATIC.contains(finding.id());
      if (automatic) {
        cofferdam.merge(finding.id(), 1, Integer::sum);
      } else if (finding.severity() == Severity.ERROR) {
        person.merge(finding.id(), 1, Integer::sum);
      } else if (finding.severity() == Severity.WARNING) {
        watch++;
      }
    }
    return switch (pattern) {
      case "process" ->
          new Effort(
              cofferdam,
              person,
              watch,
              enclave(workload),
              Optional.empty(),
              "start: no published figure holds for more than one program and machine");
      case "pod" -> new Effort(cofferdam, person, watch, guest(workload), start(workload), "");
      case "cluster", "managed" ->
          new Effort(
              cofferdam,
              person,
              watch,
              Optional.of(
                  new Range(0, 0, "nothing is added to the pod itself", "the pod is unchanged")),
              Optional.of(
                  new Range(0, 0, "nothing is added to the pod's start", "the pod is unchanged")),
              "the nodes themselves: published are 2 to 8 % of CPU time (Constellation's documentation)");
      default -> throw new IllegalArgumentException("no pattern: " + pattern);
    };
  }

  /** Enclaves are as large as a power of two, and what is not used is reserved all the same. */
  private static Optional<Range> enclave(Workload workload) {
    long least = 0;
    long most = 0;
    for (ContainerSpec container : workload.pod().containers()) {
      Optional<Long> limit = limit(container);
      if (limit.isEmpty()) {
        return Optional.empty();
      }
      long size = Math.max(256, Long.highestOneBit(Math.max(1, limit.get() - 1)) * 2);
      least += size - limit.get();
      most += 2 * size - limit.get();
    }
    return Optional.of(
        new Range(
            Math.max(0, least),
            Math.max(0, most),
            "for each container: next power of two above the limit (at most the one after), less the limit",
            "enclave_size of Gramine's manifest is a power of two"));
  }

  private static Optional<Range> guest(Workload workload) {
    boolean gpu =
        workload
            .pod()
            .all()
            .anyMatch(
                c ->
                    c.node()
                        .at("resources", "limits")
                        .filter(Node.Mapping.class::isInstance)
                        .map(Node.Mapping.class::cast)
                        .filter(
                            m -> m.members().keySet().stream().anyMatch(k -> k.endsWith("/gpu")))
                        .isPresent());
    return Optional.of(
        new Range(
            448,
            gpu ? 10240 : 2048,
            gpu
                ? "448 (our guest) to 10240 (Kata with a GPU), images unpacked in memory come on top"
                : "448 (our guest) to 2048 (Kata with SNP or TDX), images unpacked in memory come on top",
            "our guest's boot, measured; " + KATA));
  }

  private static Optional<Range> start(Workload workload) {
    long containers = workload.pod().all().count();
    return Optional.of(
        new Range(
            3 + 2 * containers,
            101 + 2 * containers,
            "3 (local Kata at best) to 101 (a peer pod on a small machine), and 2 for each of "
                + containers
                + " containers; pulling the image comes on top",
            CAA));
  }

  private static Optional<Long> limit(ContainerSpec container) {
    return container
        .node()
        .at("resources", "limits", "memory")
        .flatMap(n -> n instanceof Node.Scalar s ? Quantity.parse(s.value()) : Optional.empty())
        .flatMap(Quantity::units)
        .map(bytes -> bytes >> 20);
  }

  /** Edits, whoever makes them. */
  public int changes() {
    return sum(byCofferdam) + sum(byPerson);
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  Json toJson() {
    Json.Builder json =
        Json.object()
            .put("changes", changes())
            .put("byCofferdam", counts(byCofferdam))
            .put("byPerson", counts(byPerson))
            .put("watch", watch)
            .put("memoryMiB", memoryMib.map(Range::toJson).orElse(Json.Null.NULL))
            .put("startSeconds", startSeconds.map(Range::toJson).orElse(Json.Null.NULL));
    if (!notEstimated.isEmpty()) {
      json.put("notEstimated", notEstimated);
    } else if (memoryMib.isEmpty()) {
      json.put("notEstimated", "memory: a container has no memory limit");
    }
    return json.build();
  }

  private static Json counts(Map<String, Integer> counts) {
    List<Json> all = new ArrayList<>();
    counts.forEach((id, n) -> all.add(Json.object().put("id", id).put("count", n).build()));
    return Json.array(all);
  }
}
