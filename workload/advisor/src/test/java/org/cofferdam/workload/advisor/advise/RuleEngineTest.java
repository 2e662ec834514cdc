// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RuleEngineTest {
  private static final Questionnaire QUESTIONS = Questionnaire.load();
  private static final RuleSet RULES = RuleSet.load();
  private static final RuleEngine ENGINE = new RuleEngine(QUESTIONS, RULES);

  /** Unnamed answers are the defaults; SEV-SNP is there unless said otherwise. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | platform=aks neighbours=other_tenant_hw evidence_use=audit compliance=hipaa | managed pod cluster",
        "2 | platform=bare_metal hw=tdx infra_trust=defence_in_depth cp_operator=self cp_trust=limited secret_gate=after_attestation | pod",
        "3 | platform=self_on_cloud infra_trust=untrusted cp_operator=self vtpm_location=in_tee | cluster pod",
        "4 | platform=self_on_cloud infra_trust=untrusted cp_operator=self vtpm_location=hypervisor | cluster pod",
        "5 | platform=bare_metal hw=sgx parties=multi impact=severe repackage=wrap_image cp_operator=self | process",
        "6 | platform=bare_metal hw=sgx,snp parties=multi impact=severe cp_operator=self | pod cluster",
        "7 | platform=self_on_cloud shape=daemonset,privileged infra_trust=untrusted cp_operator=self vtpm_location=in_tee | cluster",
        "8 | platform=aks cp_trust=untrusted | pod cluster",
        "9 | platform=aks shape=windows | ''",
        "10 | platform=rke2_k3s node_sharing=yes cp_operator=self | pod",
        "11 | platform=gke hw=tdx k8s_skill=no infra_trust=untrusted | pod",
        "13 | platform=gke hw=sev infra_trust=untrusted | ''",
        "14 | platform=gke compliance=c5_2026 c5_type=1 | managed pod cluster",
        "15 | platform=self_on_cloud shape=daemonset infra_trust=untrusted cp_operator=self cp_trust=limited vtpm_location=in_tee | ''",
        "16 | platform=eks hw=snp,nitro_enclave impact=severe secret_gate=after_attestation repackage=wrap_image | process pod managed cluster"
      })
  void workedExamples(int number, String answers, String order) {
    Advice advice = advise(answers);
    assertThat(advice.survivors().stream().map(s -> s.unit().word()).toList())
        .as("example %d", number)
        .isEqualTo(order.isEmpty() ? List.of() : List.of(order.split(" ", -1)));
  }

  @Test
  void withLittleToLoseNothingIsNeeded() {
    Advice advice = advise("platform=aks impact=low");
    assertThat(advice.noneNeeded()).isTrue();
    assertThat(advice.toJson().write()).contains("\"recommended\":\"none-needed\"");
  }

  @Test
  void conditionsAndExclusionsCiteTheirRules() {
    assertThat(codes("platform=aks cp_trust=untrusted", Unit.POD)).containsExactly("PEER_PODS");
    assertThat(advise("platform=aks cp_trust=untrusted").excluded().get(Unit.MANAGED))
        .contains("R05");
    assertThat(codes("platform=gke hw=tdx k8s_skill=no infra_trust=untrusted", Unit.POD))
        .containsExactly("PEER_PODS", "RAW_REPORT_AND_MEASURED_BOOT");
    assertThat(codes("platform=gke compliance=c5_2026 c5_type=1", Unit.MANAGED))
        .containsExactlyInAnyOrder("AUDIT_TRAIL", "C5_MAPPING", "OWN_VERIFIER_AND_COLLECTOR");
    Advice example2 =
        advise(
            "platform=bare_metal hw=tdx infra_trust=defence_in_depth cp_operator=self cp_trust=limited secret_gate=after_attestation");
    assertThat(example2.excluded().get(Unit.CLUSTER)).containsExactly("R06");
    assertThat(example2.excluded().get(Unit.MANAGED)).containsExactly("R06", "R27", "R37");
  }

  @Test
  void theSmallestChangesAreNamed() {
    assertThat(relaxations("platform=aks shape=windows")).contains("shape= → managed");
    assertThat(relaxations("platform=gke hw=sev infra_trust=untrusted"))
        .contains(
            "hw=sev,snp → pod",
            "hw=sev,tdx → pod",
            "infra_trust=trusted → managed",
            "infra_trust=defence_in_depth → managed");
    assertThat(
            relaxations(
                "platform=self_on_cloud shape=daemonset infra_trust=untrusted cp_operator=self cp_trust=limited vtpm_location=in_tee"))
        .contains("shape= → pod", "cp_trust=trusted → cluster");
  }

  @Test
  void whoTrustsLessAcceptsNoRisk() {
    assertThat(advise("platform=aks").changes())
        .filteredOn(c -> c.question().equals("infra_trust"))
        .isNotEmpty()
        .allMatch(c -> c.kind().equals("trust-less"));
    assertThat(advise("platform=gke hw=sev infra_trust=untrusted").changes())
        .filteredOn(c -> c.question().equals("infra_trust"))
        .isNotEmpty()
        .allMatch(c -> c.kind().equals("accept-risk"));
  }

  @Test
  void impactPartiesAndComplianceAreNeverToBeAnsweredOtherwise() {
    for (Answers answers : random(60, 3)) {
      assertThat(ENGINE.advise(answers).changes())
          .noneMatch(c -> Set.of("impact", "parties", "compliance").contains(c.question()));
    }
  }

  @Test
  void milanReportsCannotGateAnything() {
    String milan =
        "platform=bare_metal cp_operator=self cpu_generation=milan secret_gate=after_attestation";
    assertThat(advise(milan).excluded().get(Unit.POD)).containsExactly("R39");
    assertThat(advise(milan + " hw=snp,tdx").winner()).isPresent();
  }

  @Test
  void anUnknownAnswerThatMattersIsAskedFor() {
    Advice advice =
        advise("platform=bare_metal cp_operator=self infra_trust=untrusted cpu_generation=unknown");
    assertThat(advice.openQuestions()).contains("cpu_generation");
    assertThat(advice.toJson().write()).contains("\"provisional\":true");
  }

  @Test
  void everythingMayBeUnknown() {
    Map<String, List<String>> given = new LinkedHashMap<>();
    QUESTIONS.questions().forEach(q -> given.put(q.id(), List.of("unknown")));
    Advice advice = ENGINE.advise(Answers.of(QUESTIONS, given));
    assertThat(advice.openQuestions()).contains("platform", "hw", "infra_trust");
  }

  @Test
  void wrongAnswersAreRefused() {
    assertThatThrownBy(() -> advise("platform=moon")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> advise("colour=red")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> advise("working_set_gb=much"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noAdviceAgainstTheTrustThatWasStated() {
    for (Answers answers : random(5_000, 5)) {
      keeps(answers);
    }
  }

  private static void keeps(Answers answers) {
    Advice advice = ENGINE.evaluate(answers);
    Set<Unit> left = new TreeSet<>();
    advice.survivors().forEach(s -> left.add(s.unit()));
    if (has(answers, "infra_trust", "untrusted")
        || has(answers, "parties", "multi")
        || has(answers, "cp_trust", "untrusted")) {
      assertThat(left).as(answers::toString).doesNotContain(Unit.MANAGED);
    }
    if (has(answers, "node_sharing", "yes") || has(answers, "k8s_skill", "no")) {
      assertThat(left).as(answers::toString).doesNotContain(Unit.CLUSTER);
    }
    if (!advice.noneNeeded()) {
      // A pattern is either left, or out with a reason.
      for (Unit unit : Unit.values()) {
        assertThat(left.contains(unit)).isEqualTo(!advice.excluded().containsKey(unit));
      }
    }
  }

  @Test
  void equalAnswersGiveEqualBytes() {
    for (Answers answers : random(20, 9)) {
      assertThat(ENGINE.advise(answers).toJson().write())
          .isEqualTo(
              new RuleEngine(Questionnaire.load(), RuleSet.load())
                  .advise(answers)
                  .toJson()
                  .write());
    }
  }

  /** Conditions of the winner and what else the table of examples names. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "platform=aks neighbours=other_tenant_hw evidence_use=audit compliance=hipaa | AUDIT_TRAIL | ''",
        "platform=bare_metal hw=tdx infra_trust=defence_in_depth cp_operator=self cp_trust=limited secret_gate=after_attestation | '' | ''",
        "platform=self_on_cloud infra_trust=untrusted cp_operator=self vtpm_location=in_tee | '' | ''",
        "platform=self_on_cloud infra_trust=untrusted cp_operator=self vtpm_location=hypervisor | RAW_REPORT_AND_MEASURED_BOOT | ''",
        "platform=bare_metal hw=sgx parties=multi impact=severe repackage=wrap_image cp_operator=self | JOINT_POLICY | ''",
        "platform=bare_metal hw=sgx,snp parties=multi impact=severe cp_operator=self | JOINT_POLICY | ''",
        "platform=self_on_cloud shape=daemonset,privileged infra_trust=untrusted cp_operator=self vtpm_location=in_tee | '' | ''",
        "platform=aks cp_trust=untrusted | PEER_PODS | ''",
        "platform=rke2_k3s node_sharing=yes cp_operator=self | '' | ''",
        "platform=gke hw=tdx k8s_skill=no infra_trust=untrusted | PEER_PODS RAW_REPORT_AND_MEASURED_BOOT | ''",
        "platform=gke compliance=c5_2026 c5_type=1 | AUDIT_TRAIL C5_MAPPING OWN_VERIFIER_AND_COLLECTOR | VTPM_IS_PROVIDER_EVIDENCE"
      })
  void conditionsOfTheWinnerAreAsListed(String answers, String conditions, String warnings) {
    Unit winner = advise(answers).winner().orElseThrow();
    assertThat(codes(answers, winner)).containsExactlyInAnyOrderElementsOf(words(conditions));
    assertThat(
            advise(answers).warnings().stream()
                .filter(n -> n.unit() == winner)
                .map(Advice.Note::code)
                .toList())
        .containsExactlyInAnyOrderElementsOf(words(warnings));
  }

  @Test
  void hostCouplingRemovesTheSmallUnits() {
    Advice seven =
        advise(
            "platform=self_on_cloud shape=daemonset,privileged infra_trust=untrusted cp_operator=self vtpm_location=in_tee");
    assertThat(seven.excluded().get(Unit.PROCESS)).contains("R13");
    assertThat(seven.excluded().get(Unit.POD)).contains("R13");
    Advice ten = advise("platform=rke2_k3s node_sharing=yes cp_operator=self");
    assertThat(ten.excluded().get(Unit.CLUSTER)).contains("R10");
    assertThat(ten.excluded().get(Unit.MANAGED)).contains("R10");
  }

  @Test
  void everyCodeHasAMeaningAndEveryMeaningACode() {
    Set<String> used = new TreeSet<>();
    for (Rule rule : RULES.rules()) {
      for (Effect effect : rule.effects()) {
        switch (effect) {
          case Effect.Exclude e -> used.add(e.code());
          case Effect.Condition c -> used.add(c.code());
          case Effect.Warning w -> used.add(w.code());
          case Effect.Points p -> {}
        }
      }
    }
    assertThat(RULES.knowledge().codes().keySet()).containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void theWinnerComesWithGradeWorkAndWhatCanBeMade() {
    Advice.Outlook outlook = advise("platform=aks cp_trust=untrusted").outlook();
    assertThat(outlook.grade()).isEqualTo("E5");
    assertThat(outlook.work()).hasSize(3);
    assertThat(outlook.generated()).isNotEmpty();
    assertThat(advise("platform=gke hw=tdx k8s_skill=no infra_trust=untrusted").outlook().grade())
        .isEqualTo("E4");
    assertThat(advise("platform=gke hw=snp cpu_generation=milan").outlook().grade())
        .isEqualTo("E1");
  }

  @Test
  void twoAnswersAreTriedWhereNoneAloneHelps() {
    assertThat(
            relaxations("platform=aks shape=windows,daemonset infra_trust=untrusted k8s_skill=no"))
        .isNotEmpty()
        .allMatch(c -> c.contains("+"));
  }

  /** Of the 200,000 that the table was made with; the rest with the tag {@code full}. */
  @Test
  @Tag("full")
  void twoHundredThousandRandomAnswersKeepTheAssertions() {
    for (int seed = 0; seed < 40; seed++) {
      for (Answers answers : random(5_000, 1000 + seed)) {
        keeps(answers);
      }
    }
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  static List<Rule> rules() {
    return RULES.rules();
  }

  /** A table with a misspelt question or value would never hold. */
  @ParameterizedTest
  @MethodSource("rules")
  void everyTestNamesAQuestionAndItsValues(Rule rule) {
    for (AnswerTest test : rule.tests()) {
      Question question = QUESTIONS.find(test.question()).orElseThrow();
      switch (test.operator()) {
        case ABOVE -> assertThat(QUESTIONS.find(test.operands().getFirst())).isPresent();
        case SOME -> assertThat(question.kind()).isEqualTo(Question.Kind.SET);
        case IS, NOT, HAS, LACKS -> assertThat(question.values()).containsAll(test.operands());
      }
    }
  }

  private static List<Answers> random(int count, long seed) {
    Random random = new Random(seed);
    List<Answers> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, List<String>> given = new LinkedHashMap<>();
      for (Question question : QUESTIONS.questions()) {
        given.put(
            question.id(),
            switch (question.kind()) {
              case NUMBER -> List.of(Integer.toString(random.nextInt(4)));
              case ONE -> List.of(question.values().get(random.nextInt(question.values().size())));
              case SET -> question.values().stream().filter(v -> random.nextInt(3) == 0).toList();
            });
      }
      all.add(Answers.of(QUESTIONS, given));
    }
    return all;
  }

  private static boolean has(Answers answers, String question, String value) {
    return answers.get(question).equals(Optional.of(Set.of(value)));
  }

  private static List<String> codes(String answers, Unit unit) {
    return advise(answers).conditions().stream()
        .filter(n -> n.unit() == unit)
        .map(Advice.Note::code)
        .toList();
  }

  private static List<String> relaxations(String answers) {
    return advise(answers).changes().stream()
        .map(c -> c.question() + "=" + c.answer() + " → " + c.result().word())
        .toList();
  }

  private static Advice advise(String answers) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    given.put("hw", List.of("snp"));
    for (String answer : answers.split(" ", -1)) {
      String[] parts = answer.split("=", 2);
      given.put(parts[0], List.of(parts[1].split(",", -1)));
    }
    return ENGINE.advise(Answers.of(QUESTIONS, given));
  }
}
