// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.collateral;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.bytes.Bytes;

/**
 * AMD's key distribution service (KDS, publication 57230). A VCEK never changes at its address, and
 * the service limits requests hard, so one that was had is kept for good. A VLEK comes from the
 * provider, not from here.
 */
public final class AmdService {
  private static final Duration FOR_GOOD = Duration.ofDays(36_500);
  private static final Duration FRESH = Duration.ofHours(24);
  private static final int TCB_BYTES = 8;

  private final CollateralCache cache;
  private final URI base;

  /**
   * @param base for example {@code https://kdsintf.amd.com}
   */
  public AmdService(CollateralCache cache, URI base) {
    this.cache = cache;
    this.base = base;
  }

  /** Certificate, issuers and revocation list, as far as they are to be had. */
  public List<Document> find(Endorsements.Query.AmdKey query) {
    boolean known = List.of("Milan", "Genoa", "Turin").contains(query.product());
    if (!known || !query.chipId().matches("[0-9a-f]{128}")) {
      return List.of();
    }
    String kind = query.vlek() ? "vlek" : "vcek";
    String product = "/" + kind + "/v1/" + query.product();
    List<Document> found = new ArrayList<>();
    if (!query.vlek()) {
      add(product + key(query), FOR_GOOD, "vcek.der", found);
    }
    add(product + "/cert_chain", FRESH, kind + "-chain.pem", found);
    add(product + "/crl", FRESH, kind + "-crl.der", found);
    return found;
  }

  private void add(String path, Duration fresh, String name, List<Document> found) {
    Optional<Fetcher.Answer> answer = cache.get(URI.create(base + path), fresh);
    answer.ifPresent(a -> found.add(Document.of("amd-" + name, a.body())));
  }

  /** The TCB's parts by the layout of the product line (publication 57230, table 11). */
  private static String key(Endorsements.Query.AmdKey query) {
    Bytes tcb = Bytes.ofHex(query.reportedTcb());
    if (tcb.length() != TCB_BYTES) {
      return "/" + query.chipId();
    }
    if (query.product().equals("Turin")) {
      return "/%s?fmcSPL=%d&blSPL=%d&teeSPL=%d&snpSPL=%d&ucodeSPL=%d"
          .formatted(
              query.chipId().substring(0, 16),
              tcb.at(0),
              tcb.at(1),
              tcb.at(2),
              tcb.at(3),
              tcb.at(7));
    }
    return "/%s?blSPL=%d&teeSPL=%d&snpSPL=%d&ucodeSPL=%d"
        .formatted(query.chipId(), tcb.at(0), tcb.at(1), tcb.at(6), tcb.at(7));
  }
}
