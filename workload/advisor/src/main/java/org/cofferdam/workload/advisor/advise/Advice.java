// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.advise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.cofferdam.core.bytes.json.Json;

/**
 * The answer of the rules, every line with the id of its rule.
 *
 * @param ruleSet version of the rules
 * @param noneNeeded no trusted execution environment is needed at all
 * @param survivors in order of preference, with their points
 * @param excluded rules by pattern, all of them
 * @param conditions what must be made true
 * @param warnings what one should know
 * @param residualRisks what stays possible under the first survivor
 * @param changes single answers that would lead to another result
 * @param openQuestions ids of questions whose answer could change the result
 * @param reasons why patterns are out, each with its rule
 * @param outlook what follows from the first survivor
 */
public record Advice(
    String ruleSet,
    boolean noneNeeded,
    List<Scored> survivors,
    Map<Unit, SortedSet<String>> excluded,
    List<Note> conditions,
    List<Note> warnings,
    List<Risk> residualRisks,
    List<Relaxation> changes,
    List<String> openQuestions,
    List<Note> reasons,
    Outlook outlook) {
  public Advice {
    reasons = List.copyOf(reasons);
    survivors = List.copyOf(survivors);
    Map<Unit, SortedSet<String>> copy = new EnumMap<>(Unit.class);
    excluded.forEach((unit, rules) -> copy.put(unit, new TreeSet<>(rules)));
    excluded = Collections.unmodifiableMap(copy);
    conditions = List.copyOf(conditions);
    warnings = List.copyOf(warnings);
    residualRisks = List.copyOf(residualRisks);
    changes = List.copyOf(changes);
    openQuestions = List.copyOf(openQuestions);
  }

  public record Scored(Unit unit, int points) {}

  /**
   * @param rule that it cites
   * @param unit the pattern
   * @param code stable
   * @param meaning of the code, for people
   */
  public record Note(String rule, Unit unit, String code, String meaning) {
    Json toJson() {
      return Json.object()
          .put("rule", rule)
          .put("pattern", unit.word())
          .put("code", code)
          .put("meaning", meaning)
          .build();
    }
  }

  /**
   * What follows from the recommended pattern; everything is empty where there is none.
   *
   * @param grade best evidence that can be reached, E0 to E5
   * @param gradeReason why not better
   * @param work rows of when ({@code once}, {@code release}, {@code forever}) and what
   * @param generated what can be made
   * @param combinations code and text of patterns that go together
   */
  public record Outlook(
      String grade,
      String gradeReason,
      List<List<String>> work,
      List<String> generated,
      List<List<String>> combinations) {
    static final Outlook NOTHING = new Outlook("", "", List.of(), List.of(), List.of());

    public Outlook {
      work = List.copyOf(work);
      generated = List.copyOf(generated);
      combinations = List.copyOf(combinations);
    }
  }

  /** The same with these changes. */
  Advice with(List<Relaxation> found) {
    return new Advice(
        ruleSet,
        noneNeeded,
        survivors,
        excluded,
        conditions,
        warnings,
        residualRisks,
        found,
        openQuestions,
        reasons,
        outlook);
  }

  public record Risk(String id, Unit unit, String text) {
    Json toJson() {
      return Json.object().put("id", id).put("pattern", unit.word()).put("text", text).build();
    }
  }

  /**
   * @param question to be answered otherwise
   * @param answer the other answer, members of a set apart by commas
   * @param revision whether facts change or a risk is accepted
   * @param stricter the other answer trusts less, so that no risk is accepted
   * @param result the pattern that would be recommended then
   */
  public record Relaxation(
      String question, String answer, Question.Revision revision, boolean stricter, Unit result) {
    Json toJson() {
      return Json.object()
          .put("question", question)
          .put("answer", answer)
          .put("kind", kind())
          .put("recommended", result.word())
          .build();
    }

    /** {@code accept-risk}, {@code trust-less} or {@code change}. */
    public String kind() {
      if (revision != Question.Revision.ACCEPT) {
        return "change";
      }
      return stricter ? "trust-less" : "accept-risk";
    }
  }

  /** The first survivor. */
  public Optional<Unit> winner() {
    return survivors.stream().findFirst().map(Scored::unit);
  }

  public Json toJson() {
    Json.Builder out = Json.object();
    excluded.forEach((unit, rules) -> out.put(unit.word(), Json.strings(rules)));
    List<Json> alternatives = new ArrayList<>();
    for (Scored scored : survivors) {
      alternatives.add(
          Json.object()
              .put("pattern", scored.unit().word())
              .put("points", scored.points())
              .build());
    }
    return Json.object()
        .put("ruleSet", ruleSet)
        .put(
            "recommended",
            noneNeeded
                ? Json.of("none-needed")
                : Json.nullable(winner().map(Unit::word).orElse(null)))
        .put("provisional", !openQuestions.isEmpty())
        .put(
            "alternatives",
            Json.array(alternatives.subList(Math.min(1, alternatives.size()), alternatives.size())))
        .put(
            "points", survivors.isEmpty() ? Json.Null.NULL : Json.of(survivors.getFirst().points()))
        .put("excluded", out.build())
        .put("conditions", Json.array(conditions.stream().map(Note::toJson).toList()))
        .put("warnings", Json.array(warnings.stream().map(Note::toJson).toList()))
        .put("residualRisks", Json.array(residualRisks.stream().map(Risk::toJson).toList()))
        .put("changes", Json.array(changes.stream().map(Relaxation::toJson).toList()))
        .put("openQuestions", Json.strings(openQuestions))
        .put("reasons", Json.array(reasons.stream().map(Note::toJson).toList()))
        .put("grade", Json.nullable(outlook.grade().isEmpty() ? null : outlook.grade()))
        .put("gradeReason", outlook.gradeReason())
        .put("work", rows(outlook.work(), "when", "what"))
        .put("generated", Json.strings(outlook.generated()))
        .put("combinations", rows(outlook.combinations(), "code", "text"))
        .build();
  }

  private static Json rows(List<List<String>> rows, String first, String second) {
    return Json.array(
        rows.stream()
            .map(r -> Json.object().put(first, r.get(0)).put(second, r.get(1)).build())
            .toList());
  }
}
