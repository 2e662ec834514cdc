// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.convert.Notes;
import org.cofferdam.workload.pattern.convert.Scope;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Kata's own cases: each manifest becomes a policy, and each request gets the decision expected.
 */
class GenpolicyCasesTest {
  private static final Path CASES =
      Path.of(System.getProperty("cofferdam.shared", "../shared"), "cases", "genpolicy");

  /**
   * Refused here and allowed there: the facts of the image name the volume /data only, and the
   * request has one at /node-conf too. A mount that neither pod nor image declares is refused.
   */
  private static final Set<String> STRICTER =
      Set.of(
          "createcontainer/security_context/runas#1",
          "createcontainer/security_context/supplemental_groups#0");

  @Test
  void everyRequestGetsTheExpectedDecision() throws IOException {
    Assumptions.assumeTrue(Files.exists(CASES), "the genpolicy cases are not here: " + CASES);
    Json.Obj index = Json.parse(Files.readAllBytes(CASES.resolve("index.json"))).asObject("index");
    Set<String> different = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    int cases = 0;
    for (Json item : index.array("suites")) {
      Json.Obj suite = item.asObject("suites");
      String name = suite.string("suite");
      GuestAgent agent = GuestAgent.start(policy(suite));
      boolean shared = suite.require("run_in_order_with_shared_state").asBoolean("shared");
      Json tests = Json.parse(Files.readAllBytes(CASES.resolve(suite.string("cases_file"))));
      int number = 0;
      for (Json test : tests.asArray("cases")) {
        Json.Obj one = test.asObject("case");
        if (!shared) {
          agent = agent.restarted();
        }
        GuestAgent.Decision decision = agent.decide(one.string("kind"), one.require("request"));
        if (decision.allowed() != one.require("allowed").asBoolean("allowed")) {
          different.add(name + "#" + number);
          if (decision.allowed()) {
            wrong.add(name + "#" + number + " is allowed: " + one.string("description"));
          } else if (!STRICTER.contains(name + "#" + number)) {
            wrong.add(name + "#" + number + " is refused: " + decision.reasons());
          }
        }
        number++;
        cases++;
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(STRICTER, different);
    assertEquals(72, cases);
  }

  @Test
  void missingConfigMapsAndSecretsAndUsersStopTheGeneration() throws IOException {
    Assumptions.assumeTrue(Files.exists(CASES), "the genpolicy cases are not here: " + CASES);
    assertEquals(List.of(), errors("simple_pod.yaml"));
    assertEquals(List.of("pod.reference-missing"), ids(errors("pod_with_config_map_ref.yaml")));
    assertEquals(List.of(), errors("pod_with_config_map_ref.yaml", "config_map.yaml"));
    assertEquals(List.of("pod.reference-missing"), ids(errors("pod_with_secret_ref.yaml")));
    assertEquals(List.of(), errors("pod_with_secret_ref.yaml", "secret.yaml"));
    Bundle bundle = bundle(List.of(CASES.resolve("generate/simple_pod.yaml")));
    Source source = bundle.documents().getFirst().source();
    String unsaid =
        source.text().replaceAll("  securityContext:\n(    .*\n)+?(?=  containers)", "");
    assertFalse(unsaid.contains("supplementalGroups"), unsaid);
    List<Finding> findings =
        generate(ManifestReader.read(List.of(new Source("pod.yaml", unsaid)))).notes().all();
    assertEquals(List.of("pod.user-unstated"), ids(findings));
    assertEquals("Set in securityContext: supplementalGroups: [10].", findings.getFirst().fix());
    assertTrue(findings.getFirst().message().contains("does not see the image"));
  }

  private static List<String> ids(List<Finding> findings) {
    return findings.stream().map(Finding::id).distinct().toList();
  }

  private static List<Finding> errors(String pod, String... more) throws IOException {
    List<Path> files = new ArrayList<>(List.of(CASES.resolve("generate").resolve(pod)));
    for (String file : more) {
      files.add(CASES.resolve("generate").resolve(file));
    }
    return generate(bundle(files)).notes().all();
  }

  private static Scope generate(Bundle bundle) throws IOException {
    Scope scope = new Scope(bundle.workloads().getFirst(), bundle, new Notes("pod"));
    policy(scope).data();
    return scope;
  }

  private static PodPolicy policy(Scope scope) throws IOException {
    return new PodPolicy(
        scope,
        PolicySettings.of(
            Json.parse(Files.readAllBytes(CASES.resolve("settings/genpolicy-settings.json"))),
            List.of()),
        ImageFactsFile.parse(Files.readAllBytes(CASES.resolve("images.json"))),
        SealedSecrets.UNKNOWN,
        Mode.SEALED);
  }

  private static String policy(Json.Obj suite) throws IOException {
    Path folder = CASES.resolve(suite.string("cases_file")).resolveSibling("");
    Bundle bundle =
        bundle(
            suite.array("inputs").stream().map(i -> folder.resolve(i.asString("inputs"))).toList());
    Scope scope = new Scope(bundle.workloads().getFirst(), bundle, new Notes("pod"));
    Json.Obj data = policy(scope).data();
    assertFalse(scope.notes().failed(), () -> suite.string("suite") + scope.notes().all());
    return PolicyText.write(data);
  }

  private static Bundle bundle(List<Path> files) throws IOException {
    List<Source> sources = new ArrayList<>();
    for (Path file : files) {
      sources.add(Source.utf8(file.toString(), Files.readAllBytes(file)));
    }
    return ManifestReader.read(sources);
  }
}
