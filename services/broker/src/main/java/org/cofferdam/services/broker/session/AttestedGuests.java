// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.session;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The guests that passed and whose tokens are in force, in memory. All live equally long, so the
 * oldest end first; when they take too much memory the oldest are forgotten, and have to attest
 * again.
 */
public final class AttestedGuests {
  private final long maxWeight;
  private final Map<String, Attested> byId = new LinkedHashMap<>();
  private long weight;

  /**
   * @param maxWeight bytes that evidence and tokens of all together may take
   */
  public AttestedGuests(long maxWeight) {
    this.maxWeight = maxWeight;
  }

  public synchronized void add(Attested guest, Instant at) {
    Attested before = byId.put(guest.session().id(), guest);
    weight += guest.weight() - (before == null ? 0 : before.weight());
    Iterator<Attested> oldest = byId.values().iterator();
    while (oldest.hasNext()) {
      Attested next = oldest.next();
      if (weight <= maxWeight && at.isBefore(next.expires())) {
        return;
      }
      oldest.remove();
      weight -= next.weight();
    }
  }

  /** The guest of this session, where it passed and its time is not over. */
  public synchronized Optional<Attested> find(String sessionId, Instant at) {
    return Optional.ofNullable(byId.get(sessionId)).filter(g -> at.isBefore(g.expires()));
  }

  /** Ends every token of a workload at once, for example because it was changed. */
  public synchronized void revoke(String workload) {
    byId.values()
        .removeIf(
            guest -> {
              boolean gone = guest.workload().name().equals(workload);
              weight -= gone ? guest.weight() : 0;
              return gone;
            });
  }
}
