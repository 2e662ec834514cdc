// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.advise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Applies the rules to answers. All rules are looked at, so that every reason is shown; the same
 * answers and rules give the same advice.
 */
public final class RuleEngine {
  private final Questionnaire questionnaire;
  private final RuleSet ruleSet;

  public RuleEngine(Questionnaire questionnaire, RuleSet ruleSet) {
    this.questionnaire = questionnaire;
    this.ruleSet = ruleSet;
  }

  /** With single answers that would change the result, tried one by one. */
  public Advice advise(Answers answers) {
    Advice plain = evaluate(answers);
    List<Advice.Relaxation> changes = new ArrayList<>();
    if (!plain.noneNeeded()) {
      for (Question question : questionnaire.questions()) {
        for (Set<String> other : others(question, answers)) {
          Advice then = evaluate(answers.with(question.id(), other));
          if (then.winner().isPresent() && !then.winner().equals(plain.winner())) {
            changes.add(
                new Advice.Relaxation(
                    question.id(),
                    String.join(",", other),
                    question.revision(),
                    stricter(question, answers, other),
                    then.winner().get()));
          }
        }
      }
    }
    return plain.with(changes.isEmpty() && plain.survivors().isEmpty() ? pairs(answers) : changes);
  }

  /** The values of questions about trust begin with the most trusting one. */
  private static boolean stricter(Question question, Answers answers, Set<String> other) {
    return question.kind() == Question.Kind.ONE
        && question.values().indexOf(other.iterator().next())
            > answers
                .get(question.id())
                .map(now -> question.values().indexOf(now.iterator().next()))
                .orElse(Integer.MAX_VALUE);
  }

  /** Two answers at once, where no single one helps. */
  private List<Advice.Relaxation> pairs(Answers answers) {
    List<Advice.Relaxation> changes = new ArrayList<>();
    List<Question> questions = questionnaire.questions();
    for (int i = 0; i < questions.size(); i++) {
      for (Set<String> one : others(questions.get(i), answers)) {
        Answers first = answers.with(questions.get(i).id(), one);
        for (Question second : questions.subList(i + 1, questions.size())) {
          for (Set<String> two : others(second, first)) {
            pair(questions.get(i), one, second, two, evaluate(first.with(second.id(), two)))
                .ifPresent(changes::add);
          }
        }
      }
    }
    return changes;
  }

  private static Optional<Advice.Relaxation> pair(
      Question first, Set<String> one, Question second, Set<String> two, Advice then) {
    boolean accept =
        first.revision() == Question.Revision.ACCEPT
            || second.revision() == Question.Revision.ACCEPT;
    return then.winner()
        .map(
            winner ->
                new Advice.Relaxation(
                    first.id() + "+" + second.id(),
                    String.join(",", one) + "+" + String.join(",", two),
                    accept ? Question.Revision.ACCEPT : Question.Revision.CHANGE,
                    false,
                    winner));
  }

  /** Without trying other answers. */
  Advice evaluate(Answers answers) {
    if (nothingToProtect(answers)) {
      return new Advice(
          ruleSet.version(),
          true,
          List.of(),
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Advice.Outlook.NOTHING);
    }
    Tally tally = new Tally(ruleSet.knowledge());
    List<Rule> undecided = new ArrayList<>();
    for (Rule rule : ruleSet.rules()) {
      if (rule.winner().isEmpty()) {
        Optional<Boolean> holds = rule.holds(answers);
        if (holds.isEmpty()) {
          undecided.add(rule);
        } else if (holds.get()) {
          tally.apply(rule);
        }
      }
    }
    List<Advice.Scored> survivors = tally.survivors();
    Optional<Unit> winner = survivors.stream().findFirst().map(Advice.Scored::unit);
    for (Rule rule : ruleSet.rules()) {
      if (rule.winner().isPresent()
          && rule.winner().equals(winner)
          && rule.holds(answers).orElse(false)) {
        tally.apply(rule);
      }
    }
    return new Advice(
        ruleSet.version(),
        false,
        survivors,
        tally.excluded,
        tally.of(tally.conditions),
        tally.of(tally.warnings),
        risks(winner),
        List.of(),
        open(undecided, tally, answers),
        tally.reasons.stream().distinct().toList(),
        outlook(winner, survivors, answers));
  }

  private Advice.Outlook outlook(
      Optional<Unit> winner, List<Advice.Scored> survivors, Answers answers) {
    if (winner.isEmpty()) {
      return Advice.Outlook.NOTHING;
    }
    Knowledge knowledge = ruleSet.knowledge();
    String word = winner.get().word();
    Optional<Knowledge.GradeRow> grade = knowledge.grade(winner.get(), answers);
    List<Unit> left = survivors.stream().map(Advice.Scored::unit).toList();
    return new Advice.Outlook(
        grade.map(Knowledge.GradeRow::grade).orElse(""),
        grade.map(Knowledge.GradeRow::why).orElse(""),
        knowledge.work().stream()
            .filter(r -> r.get(0).equals(word))
            .map(r -> r.subList(1, 3))
            .toList(),
        knowledge.artefacts().stream()
            .filter(r -> r.get(0).equals(word))
            .map(r -> r.get(1))
            .toList(),
        knowledge.combinations(left).stream().map(c -> List.of(c.code(), c.text())).toList());
  }

  /** R00: little to lose, everybody trusted, nobody to be shown anything. */
  private static boolean nothingToProtect(Answers answers) {
    return is(answers, "impact", "low")
        && is(answers, "infra_trust", "trusted")
        && is(answers, "cp_trust", "trusted")
        && is(answers, "workload_owner_trust", "trusted")
        && is(answers, "parties", "single")
        && is(answers, "neighbours", "none")
        && is(answers, "secret_gate", "always")
        && answers.get("compliance").map(Set::isEmpty).orElse(false);
  }

  private static boolean is(Answers answers, String question, String value) {
    return answers.get(question).map(v -> v.contains(value)).orElse(false);
  }

  /** Asked is only what could still matter: a rule whose patterns are all out anyway does not. */
  private List<String> open(List<Rule> undecided, Tally tally, Answers answers) {
    Set<String> missing = new TreeSet<>();
    for (Rule rule : undecided) {
      boolean matters =
          rule.effects().stream()
              .flatMap(e -> e.units().stream())
              .anyMatch(u -> !tally.excluded.containsKey(u));
      if (matters) {
        missing.addAll(rule.missing(answers));
      }
    }
    return questionnaire.questions().stream().map(Question::id).filter(missing::contains).toList();
  }

  private List<Advice.Risk> risks(Optional<Unit> winner) {
    return ruleSet.residualRisks().stream()
        .filter(row -> winner.map(Unit::word).equals(Optional.of(row.get(1))))
        .map(row -> new Advice.Risk(row.get(0), Unit.of(row.get(1)), row.get(2)))
        .toList();
  }

  private static List<Set<String>> others(Question question, Answers answers) {
    List<Set<String>> others = new ArrayList<>();
    Optional<Set<String>> now = answers.get(question.id());
    if (question.revision() == Question.Revision.NEVER || now.isEmpty()) {
      return others;
    }
    for (String value : question.values()) {
      if (question.kind() == Question.Kind.SET) {
        Set<String> changed = new TreeSet<>(now.get());
        if (!changed.remove(value)) {
          changed.add(value);
        }
        others.add(changed);
      } else if (!now.get().contains(value)) {
        others.add(Set.of(value));
      }
    }
    return others;
  }

  /** What the rules that hold have done so far. */
  private static final class Tally {
    private final Map<Unit, SortedSet<String>> excluded = new EnumMap<>(Unit.class);
    private final Map<Unit, Integer> points = new EnumMap<>(Unit.class);
    private final List<Advice.Note> conditions = new ArrayList<>();
    private final List<Advice.Note> warnings = new ArrayList<>();
    private final List<Advice.Note> reasons = new ArrayList<>();
    private final Knowledge knowledge;

    Tally(Knowledge knowledge) {
      this.knowledge = knowledge;
      for (Unit unit : Unit.values()) {
        points.put(unit, unit.basePoints());
      }
    }

    void apply(Rule rule) {
      for (Effect effect : rule.effects()) {
        for (Unit unit : effect.units()) {
          switch (effect) {
            case Effect.Exclude e -> {
              excluded.computeIfAbsent(unit, u -> new TreeSet<>()).add(rule.id());
              reasons.add(note(rule, unit, e.code()));
            }
            case Effect.Condition c -> conditions.add(note(rule, unit, c.code()));
            case Effect.Warning w -> warnings.add(note(rule, unit, w.code()));
            case Effect.Points p -> points.merge(unit, p.points(), Integer::sum);
          }
        }
      }
    }

    private Advice.Note note(Rule rule, Unit unit, String code) {
      return new Advice.Note(rule.id(), unit, code, knowledge.meaning(code));
    }

    List<Advice.Scored> survivors() {
      return points.entrySet().stream()
          .filter(e -> !excluded.containsKey(e.getKey()))
          .map(e -> new Advice.Scored(e.getKey(), e.getValue()))
          .sorted(Comparator.comparingInt(Advice.Scored::points).thenComparing(Advice.Scored::unit))
          .toList();
    }

    /** Only of patterns that are left. */
    List<Advice.Note> of(List<Advice.Note> notes) {
      return notes.stream().filter(n -> !excluded.containsKey(n.unit())).distinct().toList();
    }
  }
}
