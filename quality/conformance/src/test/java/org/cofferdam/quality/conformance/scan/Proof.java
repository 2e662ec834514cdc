// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.scan;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cofferdam.patterns.pod.PodPattern;
import org.cofferdam.workload.images.Accounts;
import org.cofferdam.workload.images.Descriptor;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.ImageConfig;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Conversion;
import org.cofferdam.workload.pattern.ConversionSettings;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.Severity;

/**
 * Proves one verdict of the pod pattern by converting: "fits" converts, "fits after changes"
 * converts once the named fixes are made and not before, "does not fit" converts under no fix.
 * Images are synthetic: what they hold is no matter of the manifests.
 */
final class Proof {
  private static final PodPattern PATTERN = new PodPattern();
  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);
  private static final Image IMAGE =
      new Image(
          OciDigest.of(EMPTY),
          new Descriptor(Descriptor.CONFIG, OciDigest.of(EMPTY), EMPTY.length, Map.of()),
          List.of(),
          new ImageConfig(
              "linux",
              "amd64",
              List.of("/run"),
              List.of(),
              List.of(),
              "1000:1000",
              "/",
              List.of(),
              List.of()),
          Accounts.NONE);
  private static final ConversionSettings SETTINGS =
      new ConversionSettings(
          reference -> Optional.of(IMAGE), Optional.of(OciDigest.of(EMPTY)), false);

  private Proof() {}

  /** What was claimed and what came out. */
  record Outcome(Workload workload, Fit.Verdict verdict, boolean holds, String why) {}

  /**
   * Documents of other forms are proven as the pods that they mean: the workload is written as JSON
   * first, and must be judged the same there.
   */
  static Outcome of(Workload given, Bundle around) {
    Fit.Verdict verdict = PATTERN.assess(given, around).verdict();
    String context = GivenReferences.context(around);
    Bundle bundle = read(given.document().root().toJson().write() + "\n" + context);
    Workload workload = find(bundle, given);
    Fit fit = PATTERN.assess(workload, bundle);
    if (fit.verdict() != verdict) {
      return new Outcome(given, verdict, false, "as JSON it is " + fit.verdict());
    }
    return of(workload, fit, context + new GivenReferences(workload).documents(workload, bundle));
  }

  private static Outcome of(Workload workload, Fit fit, String given) {
    Conversion asIs = convert(workload, workload.document().root().toJson().write(), given);
    return switch (fit.verdict()) {
      case FITS -> new Outcome(workload, fit.verdict(), asIs.done(), errors(asIs).toString());
      case FITS_AFTER_CHANGES -> afterChanges(workload, fit, given, asIs);
      case DOES_NOT_FIT -> {
        Set<String> out =
            fit.findings().stream()
                .filter(f -> f.severity() == Severity.ERROR && !f.fixable())
                .map(Finding::id)
                .collect(Collectors.toSet());
        Set<String> left = errors(convert(workload, fixed(workload, fit).text(), given));
        yield new Outcome(
            workload,
            fit.verdict(),
            !asIs.done() && left.containsAll(out),
            "expected " + out + ", left " + left);
      }
    };
  }

  private static Outcome afterChanges(Workload workload, Fit fit, String given, Conversion asIs) {
    Fixed fixed = fixed(workload, fit);
    Conversion then = convert(workload, fixed.text(), given);
    return new Outcome(
        workload,
        fit.verdict(),
        !asIs.done() && fixed.unknown().isEmpty() && then.done(),
        "as it is " + asIs.done() + ", no fix for " + fixed.unknown() + ", then " + errors(then));
  }

  private record Fixed(String text, Set<String> unknown) {}

  private static Fixed fixed(Workload workload, Fit fit) {
    String base = workload.place().pointer();
    Edits edits = new Edits(workload.document().root().toJson());
    String spec = workload.pod().spec().place().pointer().substring(base.length());
    NamedFixes fixes = new NamedFixes(edits, base, spec);
    Set<String> unknown = new TreeSet<>();
    fit.findings().stream()
        .filter(f -> f.severity() == Severity.ERROR && f.fixable())
        // What moves a container comes after what changes it.
        .sorted(Comparator.comparing(f -> f.id().equals("pod.sidecar")))
        .filter(f -> !fixes.apply(f))
        .forEach(f -> unknown.add(f.id()));
    return new Fixed(edits.write(), unknown);
  }

  private static Conversion convert(Workload workload, String text, String given) {
    Bundle bundle = read(text + "\n" + given);
    Workload again = find(bundle, workload);
    return PATTERN.convert(again, bundle, SETTINGS);
  }

  private static Bundle read(String text) {
    return ManifestReader.read(List.of(new Source("f", text)));
  }

  private static Workload find(Bundle bundle, Workload workload) {
    return bundle.workloads().stream()
        .filter(w -> w.id().equals(workload.id()))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    workload.id() + " cannot be read any more: " + bundle.problems()));
  }

  private static Set<String> errors(Conversion conversion) {
    return conversion.findings().stream()
        .filter(f -> f.severity() == Severity.ERROR)
        .map(f -> f.id())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
