// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.dcap;

import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Rules;
import org.cofferdam.core.attestation.Tcb;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.dcap.EnclaveIdentity;
import org.cofferdam.core.evidence.dcap.PckExtension;
import org.cofferdam.core.evidence.dcap.QuoteBody;
import org.cofferdam.core.evidence.dcap.SvnLevel;
import org.cofferdam.core.evidence.dcap.TcbInfo;
import org.cofferdam.core.evidence.dcap.TcbStatus;
import org.cofferdam.core.evidence.dcap.TdReportBody;
import org.cofferdam.core.evidence.dcap.TdxModule;

/** Evaluates the TCB, and notes status, parts and checks. */
final class TcbNotes {
  private static final String NOT_SUPPORTED = "TCB_NOT_SUPPORTED";

  private final Findings findings;
  private final Policy policy;

  TcbNotes(Findings findings, Policy policy) {
    this.findings = findings;
    this.policy = policy;
  }

  void note(
      TcbInfo info,
      EnclaveIdentity qe,
      PckExtension pck,
      QuoteBody body,
      Optional<SvnLevel> qeLevel) {
    Bytes svn = Bytes.EMPTY;
    Bytes svn2 = Bytes.EMPTY;
    if (body instanceof TdReportBody td) {
      svn = td.teeTcbSvn();
      svn2 = td.teeTcbSvn2();
      if (!module(info, td)) {
        return;
      }
    }
    Bytes launchSvn = svn;
    Optional<TcbEvaluation> launch =
        qeLevel.flatMap(l -> TcbEvaluation.of(info, pck, launchSvn, l));
    Bytes currentSvn = svn2;
    Optional<TcbEvaluation> current =
        svn2.length() == 0
            ? launch
            : qeLevel.flatMap(l -> TcbEvaluation.of(info, pck, currentSvn, l));
    boolean levels = launch.isPresent() && current.isPresent();
    if (!levels) {
      findings.tcb(new Tcb(NOT_SUPPORTED, List.of(), Json.object().build()));
    }
    if (!findings.check(
        DcapRules.TCB_LEVEL,
        levels,
        "a platform, module and quoting enclave at a level that Intel lists",
        levels ? launch.get().platform().status().wire() : "below every level")) {
      return;
    }
    TcbStatus status = TcbEvaluation.relaunch(launch.get().status(), current.get().status());
    findings.tcb(tcb(status, launch.get(), current.get(), svn2.length() > 0, info, qe));
    if (findings.check(
        DcapRules.TCB_REVOKED, status != TcbStatus.REVOKED, "not revoked", status.wire())) {
      findings.check(
          Rules.TCB_STATUS,
          policy.acceptedTcb().contains(status.wire()),
          "one of " + policy.acceptedTcb(),
          status.wire());
    }
  }

  private static Tcb tcb(
      TcbStatus status,
      TcbEvaluation launch,
      TcbEvaluation current,
      boolean twice,
      TcbInfo info,
      EnclaveIdentity qe) {
    Json.Builder parts =
        Json.object()
            .put("date", launch.date().toString())
            .put("platformStatus", launch.platform().status().wire())
            .put("platformDate", launch.platform().date().toString())
            .put("qeStatus", launch.qe().status().wire())
            .put("qeDate", launch.qe().date().toString())
            .put("evaluationNumber", info.evaluationNumber())
            .put("qeEvaluationNumber", qe.evaluationNumber());
    SvnLevel module = launch.module();
    if (module != null) {
      parts
          .put("module", launch.moduleId() + ":" + module.status().wire())
          .put("moduleDate", module.date().toString());
    }
    if (twice) {
      parts
          .put("launchStatus", launch.status().wire())
          .put("currentStatus", current.status().wire());
    }
    return new Tcb(status.wire(), launch.advisories(), parts.build());
  }

  private boolean module(TcbInfo info, TdReportBody td) {
    Optional<TdxModule> module = TcbEvaluation.module(info, td.teeTcbSvn());
    String id = TcbEvaluation.moduleId(td.teeTcbSvn());
    String wanted = "a module that Intel signed" + (id.isEmpty() ? "" : " as " + id);
    if (!findings.check(
        DcapRules.MODULE,
        module.isPresent() && module.get().mrSigner().equals(td.mrSignerSeam()),
        wanted,
        module.isEmpty()
            ? "the collateral does not know " + id
            : "signer " + td.mrSignerSeam().hex())) {
      return false;
    }
    TdxModule known = module.orElseThrow();
    return findings.check(
        DcapRules.MODULE_ATTRIBUTES,
        td.seamAttributes().isZero()
            && DcapCheck.masked(td.seamAttributes(), known.attributesMask())
                .equals(DcapCheck.masked(known.attributes(), known.attributesMask())),
        known.attributes().hex() + " under " + known.attributesMask().hex() + ", and zero",
        td.seamAttributes().hex());
  }
}
