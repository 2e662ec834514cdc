// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The arrows between the rooms of the house: each module may use what stands here and nothing else
 * of ours.
 */
class ArchitectureTest {
  private static final String ROOT = "org.cofferdam.";

  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry("core.bytes", List.of()),
          Map.entry("core.rego", List.of()),
          Map.entry("core.evidence", List.of("core.bytes")),
          Map.entry(
              "core.ledger",
              List.of("core.attestation", "core.reference", "core.evidence", "core.bytes")),
          Map.entry("core.reference", List.of("core.evidence", "core.bytes")),
          Map.entry("core.measurement", List.of("core.reference", "core.evidence", "core.bytes")),
          Map.entry("core.protocol", List.of("core.evidence", "core.bytes")),
          Map.entry("core.attestation", List.of("core.reference", "core.evidence", "core.bytes")),
          Map.entry(
              "core.policy",
              List.of(
                  "core.attestation",
                  "core.rego",
                  "core.reference",
                  "core.evidence",
                  "core.bytes")),
          Map.entry(
              "core.release",
              List.of(
                  "core.policy",
                  "core.ledger",
                  "core.attestation",
                  "core.rego",
                  "core.reference",
                  "core.evidence",
                  "core.bytes")),
          Map.entry("workload.images", List.of("core")),
          Map.entry("workload.model", List.of("workload.images", "core")),
          Map.entry("workload.pattern", List.of("workload.model", "workload.images", "core")),
          Map.entry(
              "workload.advisor",
              List.of("workload.pattern", "workload.model", "workload.images", "core")),
          Map.entry("patterns.process", List.of("workload", "core")),
          Map.entry("patterns.pod", List.of("workload", "core")),
          Map.entry("patterns.cluster", List.of("workload", "core")),
          Map.entry("patterns.managed", List.of("workload", "core")),
          Map.entry("services.launch", List.of("workload", "core")),
          Map.entry("services.broker", List.of("workload", "core")),
          Map.entry("services.guest", List.of("core")),
          Map.entry("services.cluster", List.of("patterns", "workload", "core")),
          Map.entry("services.kubernetes", List.of("patterns", "workload", "core")),
          Map.entry("services.collateral", List.of("core")),
          Map.entry("apps.agent", List.of("services.guest", "core")),
          Map.entry("apps.console", List.of("services.broker", "core")),
          Map.entry(
              "apps.server", List.of("apps.console", "services", "patterns", "workload", "core")),
          Map.entry(
              "apps.cli",
              List.of(
                  "patterns",
                  "workload",
                  "core",
                  "services.launch",
                  "services.collateral",
                  "quality.foundry")),
          Map.entry("quality.foundry", List.of()));

  private static JavaClasses house;

  @BeforeAll
  static void read() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.cofferdam");
  }

  @TestFactory
  Stream<DynamicTest> everyModuleUsesOnlyWhatItsArrowsAllow() {
    return new TreeSet<>(ARROWS.keySet())
        .stream().map(module -> DynamicTest.dynamicTest(module, () -> arrow(module).check(house)));
  }

  @Test
  void everyClassLivesInAKnownRoom() {
    classes()
        .that()
        .resideOutsideOfPackages(ROOT + "quality.conformance..", ROOT + "quality.benchmarks..")
        .should()
        .resideInAnyPackage(
            ARROWS.keySet().stream().map(m -> ROOT + m + "..").toArray(String[]::new))
        .check(house);
  }

  @Test
  void packagesHaveNoCycles() {
    SlicesRuleDefinition.slices()
        .matching(ROOT + "(*).(*)..")
        .should()
        .beFreeOfCycles()
        .check(house);
  }

  @Test
  void coreHasNoClockRandomnessOrNetworkOfItsOwn() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "core..")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callConstructor(java.security.SecureRandom.class)
        .orShould()
        .callConstructor(java.util.Random.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "java.nio.channels.spi..")
        .check(house);
  }

  private static ArchRule arrow(String module) {
    Set<String> allowed = new TreeSet<>(ARROWS.get(module));
    allowed.add(module);
    DescribedPredicate<JavaClass> notAllowed =
        DescribedPredicate.describe(
            "of ours and outside " + allowed,
            type ->
                type.getPackageName().startsWith(ROOT)
                    && allowed.stream()
                        .noneMatch(
                            a ->
                                type.getPackageName().equals(ROOT + a)
                                    || type.getPackageName().startsWith(ROOT + a + ".")));
    return noClasses()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .dependOnClassesThat(notAllowed)
        .allowEmptyShould(true);
  }
}
