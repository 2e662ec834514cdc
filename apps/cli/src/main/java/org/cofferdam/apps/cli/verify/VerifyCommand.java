// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.verify;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.Appraiser;
import org.cofferdam.core.attestation.BuiltInAnchors;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Report;
import org.cofferdam.core.attestation.SuppliedAnchors;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verdict;
import org.cofferdam.core.attestation.VerificationResult;
import org.cofferdam.core.attestation.Verified;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.reference.ReferenceSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofferdam verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies what a TEE said: is it genuine, up to date, and what was expected?",
      "The kind is recognised by content. Nothing is fetched."
    })
public final class VerifyCommand implements Callable<Integer> {
  private static final List<Integer> FORECAST_DAYS = List.of(7, 30, 90, 365);

  @Mixin private OutputOption output;

  @Parameters(
      paramLabel = "FILE|URL",
      description = "Evidence: a file, a directory or archive of its parts, a URL, or -.")
  private String evidence = "-";

  @Option(names = "--kind", description = "Kind of evidence, where its content is not to decide.")
  private @Nullable String kind;

  @Option(names = "--nonce", paramLabel = "HEX", description = "Challenge it must carry.")
  private @Nullable String nonce;

  @Option(names = "--report-data", paramLabel = "HEX", description = "Report data, in full.")
  private @Nullable String reportData;

  @Option(names = "--audience", description = "Audience that a token must be for.")
  private @Nullable String audience;

  @Option(names = "--issuer", description = "Issuer that a token or endorsement must be of.")
  private @Nullable String issuer;

  @Option(names = "--feed", description = "Feed that an endorsement must be of.")
  private @Nullable String feed;

  @Option(
      names = "--endorsements",
      paramLabel = "DIR|ARCHIVE",
      description = "Collateral, certificates and revocation lists.")
  private List<String> endorsements = new ArrayList<>();

  @Option(
      names = "--trust-anchor",
      paramLabel = "FILE",
      description = "Adds a root (certificate or key) for this call; the result says so.")
  private List<String> trustAnchors = new ArrayList<>();

  @Option(names = "--at", paramLabel = "TIME", description = "The clock to use; default now.")
  private @Nullable String at;

  @Option(
      names = "--reference",
      paramLabel = "FILE",
      description = "Reference values that its claims must match.")
  private @Nullable String reference;

  @Option(
      names = "--policy",
      defaultValue = "genuine",
      paramLabel = "genuine|release|FILE",
      description = "What suffices. Default: ${DEFAULT-VALUE}.")
  private String policy = "genuine";

  @Option(names = "--allow-development", description = "Accepts a development TEE, marked so.")
  private boolean allowDevelopment;

  @Option(names = "--forecast", description = "Also says when this verdict will change.")
  private boolean forecast;

  @Option(names = "--no-network", description = "Forbids a URL as evidence.")
  private boolean noNetwork;

  /**
   * What came of it.
   *
   * @param document that says so in full
   */
  public record Judged(Verdict verdict, Json.Obj document) {}

  @Override
  public Integer call() {
    Judged judged = judge();
    if (output.json()) {
      output.print(judged.document());
    } else {
      Results.print(judged.document());
    }
    return switch (judged.verdict()) {
      case ACCEPTED -> ExitCode.OK;
      case REFUSED -> ExitCode.REFUSED;
      case UNDECIDED -> ExitCode.UNDECIDED;
    };
  }

  /** Verifies, and prints nothing. */
  public Judged judge() {
    Instant clock = at == null ? Clock.systemUTC().instant() : time(at);
    Expectations expectations =
        Expectations.at(clock, policy())
            .withKind(kind)
            .withNonce(hex("--nonce", nonce))
            .withReportData(hex("--report-data", reportData))
            .withAudience(audience)
            .withIssuer(issuer)
            .withFeed(feed)
            .withDevelopment(allowDevelopment);
    List<Document> collateral = new ArrayList<>();
    endorsements.forEach(name -> collateral.addAll(Inputs.read(name, false)));
    Verifier verifier =
        Verifier.create(new JcaSignatureEngine(), Endorsements.of(anchors(), collateral));
    Evidence input = new Evidence(Inputs.read(evidence, !noNetwork));
    VerificationResult result = verifier.verify(input, expectations);
    Report report = result.report();
    Map<String, Json> document = new LinkedHashMap<>(report.toJson().members());
    Verdict verdict = report.verdict();
    if (reference != null) {
      verdict = appraise(result, clock, document);
    }
    if (forecast) {
      document.put("forecast", forecast(verifier, input, expectations));
    }
    return new Judged(verdict, new Json.Obj(document));
  }

  /** Adds the checks of reference values; evidence that was not accepted stays so. */
  private Verdict appraise(VerificationResult result, Instant clock, Map<String, Json> document) {
    ReferenceSet references = references();
    Appraiser appraiser = new Appraiser(false);
    List<Check> checks = new ArrayList<>(result.report().checks());
    Verdict verdict = result.report().verdict();
    if (result instanceof Verified verified) {
      Appraisal appraisal = appraiser.appraise(verified, references, clock);
      checks.addAll(appraisal.checks());
      verdict = appraisal.holds() ? Verdict.ACCEPTED : Verdict.REFUSED;
      document.put(
          "appraisal",
          Json.object()
              .put("status", appraisal.status().wire())
              .put("vector", appraisal.vector().toJson())
              .put("references", appraisal.referenceDigest())
              .build());
    } else {
      checks.addAll(appraiser.compareOnly(result.report(), references, clock));
    }
    document.put("verdict", Json.of(verdict.wire()));
    document.put("checks", Json.array(checks.stream().map(Check::toJson).toList()));
    return verdict;
  }

  private static Json forecast(Verifier verifier, Evidence evidence, Expectations expectations) {
    List<Json> later = new ArrayList<>();
    for (int days : FORECAST_DAYS) {
      Instant then = expectations.at().plus(Duration.ofDays(days));
      Report report = verifier.verify(evidence, expectations.withTime(then)).report();
      later.add(
          Json.object()
              .put("at", then.toString())
              .put("verdict", report.verdict().wire())
              .put("failed", Json.strings(report.failedChecks().stream().map(Check::id).toList()))
              .build());
    }
    return Json.array(later);
  }

  private TrustAnchors anchors() {
    TrustAnchors anchors = BuiltInAnchors.load();
    for (String name : trustAnchors) {
      for (Document document : Inputs.read(name, false)) {
        try {
          for (TrustAnchor anchor : SuppliedAnchors.read(document)) {
            anchors = anchors.with(anchor);
          }
        } catch (MalformedEvidenceException e) {
          throw CommandException.usage(
              name + " is no trust anchor: " + e.getMessage() + ".",
              "Give a certificate or public key in PEM or DER, or a JSON Web Key.");
        }
      }
    }
    return anchors;
  }

  private Policy policy() {
    return switch (policy) {
      case "genuine" -> Policy.genuine();
      case "release" -> Policy.release();
      default -> {
        try {
          yield Policy.fromJson(json(policy));
        } catch (MalformedEvidenceException e) {
          throw CommandException.usage(
              policy + " is no policy: " + e.getMessage() + ".", "See docs/attestation.md.");
        }
      }
    };
  }

  private ReferenceSet references() {
    String name = reference == null ? "" : reference;
    try {
      return ReferenceSet.fromJson(json(name));
    } catch (MalformedEvidenceException e) {
      throw CommandException.usage(
          name + " holds no reference values: " + e.getMessage() + ".",
          "Give the file that convert or a measure command wrote.");
    }
  }

  private static Json json(String name) {
    return Json.parse(Inputs.read(name, false).getFirst().content().toArray());
  }

  private static @Nullable Bytes hex(String option, @Nullable String value) {
    try {
      return value == null ? null : Bytes.ofHex(value);
    } catch (MalformedEvidenceException e) {
      throw CommandException.usage(option + " is not hexadecimal.", "Give pairs of hex digits.");
    }
  }

  private static Instant time(String value) {
    try {
      return Instant.parse(value);
    } catch (DateTimeException e) {
      throw CommandException.usage("--at is no time.", "Give RFC 3339, as 2026-11-01T00:00:00Z.");
    }
  }
}
