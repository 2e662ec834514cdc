// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;

/** The anchors in force. Immutable: adding gives a new set. */
public record TrustAnchors(List<TrustAnchor> all) {
  /** Accepted for every use: what a user adds for one call without saying for what. */
  public static final String ANY_USE = "*";

  public TrustAnchors {
    all = List.copyOf(all);
  }

  public TrustAnchors with(TrustAnchor anchor) {
    List<TrustAnchor> more = new ArrayList<>(all);
    more.add(anchor);
    return new TrustAnchors(more);
  }

  public TrustAnchors without(String id) {
    return new TrustAnchors(all.stream().filter(a -> !a.id().equals(id)).toList());
  }

  /** The anchors whose use begins with {@code use}. */
  public List<TrustAnchor> forUse(String use) {
    return all.stream().filter(a -> a.use().startsWith(use) || a.use().equals(ANY_USE)).toList();
  }

  /** The anchor for {@code use} with exactly this key. A built-in one goes first. */
  public Optional<TrustAnchor> find(String use, Bytes subjectPublicKeyInfo) {
    return forUse(use).stream()
        .filter(a -> a.subjectPublicKeyInfo().equals(subjectPublicKeyInfo))
        .min((a, b) -> a.origin().compareTo(b.origin()));
  }
}
