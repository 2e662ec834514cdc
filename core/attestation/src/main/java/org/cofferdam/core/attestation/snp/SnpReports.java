// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.snp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier.Context;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.snp.SnpProduct;
import org.cofferdam.core.evidence.snp.SnpReport;
import org.cofferdam.core.evidence.snp.TcbVersion;
import org.cofferdam.core.evidence.snp.VekCertificate;

/**
 * Everything about one SNP report but its binding to the relying party: for bare reports, and for
 * those inside of other evidence.
 */
public final class SnpReports {
  private static final SnpPlatforms PLATFORMS = SnpPlatforms.load();

  private final Context context;
  private final Findings findings;

  public SnpReports(Context context) {
    this.context = context;
    this.findings = context.findings();
  }

  /**
   * Notes all checks and the claims under {@code snp}.
   *
   * @param beside documents that came with the report and may hold certificates
   */
  public void verify(SnpReport report, List<Document> beside) {
    findings.digest("amd-platforms", PLATFORMS.digest());
    List<Document> documents = new ArrayList<>(beside);
    documents.addAll(
        context
            .endorsements()
            .find(
                new Endorsements.Query.AmdKey(
                    report.product().map(SnpProduct::wire).orElse(""),
                    report.chipId().hex(),
                    report.reportedTcb().raw().hex(),
                    report.signingKey() == SnpReport.SigningKey.VLEK)));
    Optional<VekCertificate> vek = Optional.empty();
    if (report.version() == 1) {
      findings.missing(SnpRules.VERSION, "a report of version 2 or later");
    } else if (findings.check(
        SnpRules.SIGNING_KEY,
        report.signingKey() == SnpReport.SigningKey.VCEK
            || report.signingKey() == SnpReport.SigningKey.VLEK,
        "VCEK or VLEK",
        report.signingKey().name())) {
      SnpEndorsement endorsement = new SnpEndorsement(context);
      vek = endorsement.verify(report, documents);
      endorsement.strangers(report, vek, beside);
    }
    Optional<VekCertificate> signer = vek;
    Optional<SnpProduct> product =
        report.product().or(() -> signer.flatMap(VekCertificate::product));
    claims(report, product, vek);
    guest(report);
    platform(report, product);
  }

  private void guest(SnpReport report) {
    findings.check(
        SnpRules.RESERVED_ONE,
        report.policy().reservedOne(),
        "bit 17 set",
        Long.toHexString(report.policy().bits()));
    findings.check(
        SnpRules.DEBUG,
        !report.policy().debugAllowed(),
        "debug not allowed",
        report.policy().debugAllowed() ? "debug allowed" : "debug not allowed");
    findings.check(
        SnpRules.MIGRATION,
        !report.policy().migrationAgentAllowed(),
        "no migration agent",
        report.policy().migrationAgentAllowed() ? "allowed" : "not allowed");
    findings.check(SnpRules.VMPL, report.vmpl() == 0, "0", Long.toString(report.vmpl()));
    findings.check(
        SnpRules.AUTHOR_KEY,
        report.authorKeyEnabled() != report.authorKeyDigest().isZero(),
        report.authorKeyEnabled() ? "a digest" : "zero",
        report.authorKeyDigest().hex());
  }

  private void platform(SnpReport report, Optional<SnpProduct> product) {
    if (report.version() > 1) {
      SnpReport.FirmwareVersion current = report.currentVersion();
      int wanted = report.policy().abiMajor() << 8 | report.policy().abiMinor();
      findings.check(
          SnpRules.ABI,
          wanted <= (current.major() << 8 | current.minor()),
          "at least " + report.policy().abiMajor() + "." + report.policy().abiMinor(),
          current.major() + "." + current.minor());
      order(report);
    }
    product.ifPresent(p -> knowledge(p, report.reportedTcb()));
    findings.check(
        SnpRules.SMT,
        !report.platformInfo().smtEnabled(),
        "SMT off",
        report.platformInfo().smtEnabled() ? "SMT on" : "SMT off");
    findings.check(
        SnpRules.ALIAS_CHECK,
        report.platformInfo().aliasCheckComplete(),
        "complete",
        report.platformInfo().aliasCheckComplete() ? "complete" : "not done");
    findings.check(
        SnpRules.CIPHERTEXT_HIDING,
        report.platformInfo().ciphertextHiding(),
        "on",
        report.platformInfo().ciphertextHiding() ? "on" : "off");
  }

  private void order(SnpReport report) {
    TcbVersion committed = report.committedTcb();
    boolean ordered =
        report.reportedTcb().notAbove(committed)
            && committed.notAbove(report.currentTcb())
            && report.launchTcb().notAbove(committed);
    findings.check(
        SnpRules.TCB_ORDER,
        ordered,
        "reported and launch not above committed, committed not above current",
        ordered
            ? "so"
            : "reported "
                + report.reportedTcb().raw()
                + ", launch "
                + report.launchTcb().raw()
                + ", committed "
                + committed.raw()
                + ", current "
                + report.currentTcb().raw());
  }

  private void knowledge(SnpProduct product, TcbVersion reported) {
    Instant at = context.expectations().at();
    List<String> missed =
        PLATFORMS.missed(product, reported, at).stream()
            .map(f -> f.bulletin() + ": " + f.component() + " at least " + f.minimum())
            .toList();
    findings.check(
        SnpRules.TCB_FLOOR,
        missed.isEmpty(),
        missed.isEmpty() ? "the floors of the bulletins" : String.join("; ", missed),
        reported.toJson().write());
    Optional<SnpPlatforms.Generation> against = PLATFORMS.against(product, at);
    findings.check(
        SnpRules.GENERATION,
        against.isEmpty(),
        "a product line that nothing is held against",
        against.map(g -> g.product() + " is " + g.state() + ": " + g.why()).orElse(product.wire()));
  }

  private void claims(
      SnpReport report, Optional<SnpProduct> product, Optional<VekCertificate> vek) {
    Json.Builder claims =
        Json.object()
            .put("version", report.version())
            .put("product", Json.nullable(product.map(SnpProduct::wire).orElse(null)))
            .put("signer", report.signingKey().name().toLowerCase(Locale.ROOT))
            .put("csp-id", Json.nullable(vek.map(VekCertificate::cspId).orElse(null)))
            .put("chip-id", report.chipId().hex())
            .put("vmpl", report.vmpl())
            .put("guest-svn", report.guestSvn())
            .put("policy", report.policy().toJson())
            .put("platform", report.platformInfo().toJson())
            .put("unknown-platform-bits", Long.toHexString(report.platformInfo().unknownBits()))
            .put("unknown-policy-bits", Long.toHexString(report.policy().unknownBits()))
            .put("reported-tcb", report.reportedTcb().toJson())
            .put("committed-tcb", report.committedTcb().toJson())
            .put("current-tcb", report.currentTcb().toJson())
            .put("launch-tcb", report.launchTcb().toJson())
            .put("measurement", report.measurement().hex())
            .put("report-data", report.reportData().hex())
            .put("host-data", report.hostData().hex())
            .put("family-id", report.familyId().hex())
            .put("image-id", report.imageId().hex())
            .put("id-key-digest", report.idKeyDigest().hex())
            .put("author-key-digest", report.authorKeyDigest().hex())
            .put("report-id", report.reportId().hex());
    Long launch = report.launchMitigationVector();
    Long current = report.currentMitigationVector();
    if (launch != null && current != null) {
      claims
          .put("launch-mitigation-vector", Long.toHexString(launch))
          .put("current-mitigation-vector", Long.toHexString(current));
    }
    findings.claim("snp", claims.build());
  }
}
