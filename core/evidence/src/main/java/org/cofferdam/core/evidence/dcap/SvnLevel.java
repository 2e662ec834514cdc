// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;

/**
 * One level of an enclave's or module's identity.
 *
 * @param isvSvn to reach
 */
public record SvnLevel(int isvSvn, TcbStatus status, Instant date, List<String> advisories) {
  public SvnLevel {
    advisories = List.copyOf(advisories);
  }

  /** Highest first, whatever the order of the file. */
  static List<SvnLevel> readAll(List<Json> json) {
    List<SvnLevel> levels = new ArrayList<>();
    for (Json one : json) {
      Json.Obj level = one.asObject("tcbLevels");
      level.only("tcb", "tcbDate", "tcbStatus", "advisoryIDs");
      Json.Obj tcb = level.object("tcb");
      tcb.only("isvsvn");
      levels.add(
          new SvnLevel(
              Numbers.unsigned(tcb, "isvsvn", 65535),
              TcbStatus.of(level.string("tcbStatus")),
              Numbers.time(level, "tcbDate"),
              TcbLevel.advisories(level)));
    }
    levels.sort(Comparator.comparingInt(SvnLevel::isvSvn).reversed());
    return List.copyOf(levels);
  }

  /** The first level that {@code svn} reaches. */
  public static Optional<SvnLevel> match(List<SvnLevel> levels, int svn) {
    return levels.stream().filter(l -> svn >= l.isvSvn()).findFirst();
  }
}
