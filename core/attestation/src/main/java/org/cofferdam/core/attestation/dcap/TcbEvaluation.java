// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.dcap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.evidence.dcap.PckExtension;
import org.cofferdam.core.evidence.dcap.SvnLevel;
import org.cofferdam.core.evidence.dcap.TcbInfo;
import org.cofferdam.core.evidence.dcap.TcbLevel;
import org.cofferdam.core.evidence.dcap.TcbStatus;
import org.cofferdam.core.evidence.dcap.TdxModule;
import org.jspecify.annotations.Nullable;

/**
 * How statuses of platform, TDX module and quoting enclave become one, as Intel's quote
 * verification library does it.
 *
 * @param status converged
 * @param date the earliest of the parts
 * @param module null for SGX, and for modules without versions
 * @param moduleId {@code TDX_01} and so on, or empty
 */
record TcbEvaluation(
    TcbStatus status,
    Instant date,
    List<String> advisories,
    TcbLevel platform,
    SvnLevel qe,
    @Nullable SvnLevel module,
    String moduleId) {

  TcbEvaluation {
    advisories = List.copyOf(advisories);
  }

  /** The id of the identity that a module of this version must have. */
  static String moduleId(Bytes teeTcbSvn) {
    return teeTcbSvn.at(1) == 0 ? "" : "TDX_%02X".formatted(teeTcbSvn.at(1));
  }

  static Optional<TdxModule> module(TcbInfo info, Bytes teeTcbSvn) {
    return info.modules().stream().filter(m -> m.id().equals(moduleId(teeTcbSvn))).findFirst();
  }

  /**
   * @param teeTcbSvn of the trust domain; empty for SGX
   * @return empty where a part reaches no level
   */
  static Optional<TcbEvaluation> of(TcbInfo info, PckExtension pck, Bytes teeTcbSvn, SvnLevel qe) {
    Optional<TcbLevel> platform =
        info.levels().stream().filter(l -> reaches(l, pck, teeTcbSvn)).findFirst();
    if (platform.isEmpty()) {
      return Optional.empty();
    }
    SvnLevel module = null;
    String moduleId = "";
    if (teeTcbSvn.length() > 0 && teeTcbSvn.at(1) > 0) {
      moduleId = moduleId(teeTcbSvn);
      Optional<SvnLevel> level =
          module(info, teeTcbSvn).flatMap(m -> SvnLevel.match(m.levels(), teeTcbSvn.at(0)));
      if (level.isEmpty()) {
        return Optional.empty();
      }
      module = level.get();
    }
    List<SvnLevel> others = new ArrayList<>(List.of(qe));
    if (module != null) {
      others.add(module);
    }
    return Optional.of(
        new TcbEvaluation(
            converge(platform.get().status(), others),
            Stream.concat(Stream.of(platform.get().date()), others.stream().map(SvnLevel::date))
                .min(Instant::compareTo)
                .orElseThrow(),
            advisories(platform.get(), others),
            platform.get(),
            qe,
            module,
            moduleId));
  }

  /** The SVNs compared are those that Intel certified, never those of the report. */
  private static boolean reaches(TcbLevel level, PckExtension pck, Bytes teeTcbSvn) {
    for (int i = 0; i < 16; i++) {
      if (pck.components().get(i) < level.sgx().get(i)) {
        return false;
      }
    }
    if (pck.pceSvn() < level.pceSvn()) {
      return false;
    }
    if (teeTcbSvn.length() > 0) {
      // Minor and major version of the module are judged by its own identity.
      for (int i = teeTcbSvn.at(1) > 0 ? 2 : 0; i < 16; i++) {
        if (teeTcbSvn.at(i) < level.tdx().get(i)) {
          return false;
        }
      }
    }
    return true;
  }

  private static TcbStatus converge(TcbStatus platform, List<SvnLevel> others) {
    if (platform == TcbStatus.REVOKED
        || others.stream().anyMatch(l -> l.status() == TcbStatus.REVOKED)) {
      return TcbStatus.REVOKED;
    }
    if (others.stream().noneMatch(l -> l.status().isOutOfDate())) {
      return others.stream().anyMatch(l -> l.status() != TcbStatus.UP_TO_DATE)
          ? worst(platform, others)
          : platform;
    }
    return switch (platform) {
      case UP_TO_DATE, SW_HARDENING_NEEDED -> TcbStatus.OUT_OF_DATE;
      case CONFIGURATION_NEEDED, CONFIGURATION_AND_SW_HARDENING_NEEDED ->
          TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED;
      default -> platform;
    };
  }

  /**
   * Intel's table says nothing of levels between UpToDate and OutOfDate for module and quoting
   * enclave, so that they would pass unseen; here they weigh like the platform's.
   */
  private static TcbStatus worst(TcbStatus platform, List<SvnLevel> others) {
    TcbStatus worst = platform;
    for (SvnLevel other : others) {
      worst = other.status().compareTo(worst) > 0 ? other.status() : worst;
    }
    return worst;
  }

  private static List<String> advisories(TcbLevel platform, List<SvnLevel> others) {
    Set<String> all = new LinkedHashSet<>(platform.advisories());
    others.forEach(l -> all.addAll(l.advisories()));
    return List.copyOf(all);
  }

  /**
   * A trust domain lives on under a module that was updated since: started under an old one, it
   * should be started again.
   */
  static TcbStatus relaunch(TcbStatus launch, TcbStatus current) {
    if (current == TcbStatus.REVOKED) {
      return TcbStatus.REVOKED;
    }
    if (!launch.isOutOfDate() || current.isOutOfDate()) {
      return launch;
    }
    return launch.needsConfiguration() || current.needsConfiguration()
        ? TcbStatus.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED
        : TcbStatus.TD_RELAUNCH_ADVISED;
  }
}
