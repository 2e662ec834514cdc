// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.dcap;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.core.evidence.dcap.PckExtension;

/**
 * What was read before, by its exact content: collateral and certificates come back with every
 * quote of a platform. Reading is kept, never a verdict.
 */
final class DcapCache {
  private static final int COLLATERAL_KEPT = 32;
  private static final int CHAINS_KEPT = 512;

  private final Map<List<Document>, DcapCollateral> collateral = bounded(COLLATERAL_KEPT);
  private final Map<Bytes, List<Certificate>> chains = bounded(CHAINS_KEPT);

  private final Map<Bytes, PckExtension> platforms = bounded(CHAINS_KEPT);

  DcapCollateral collateral(List<Document> documents) {
    return get(collateral, documents, DcapCollateral::of);
  }

  /** Certificates in certification data: PEM that may end with a NUL, in any order. */
  List<Certificate> chain(Bytes pem) {
    return get(
        chains,
        pem,
        p -> {
          String text = new String(p.toArray(), StandardCharsets.ISO_8859_1);
          return Pem.certificates(
              text.endsWith("\0") ? text.substring(0, text.length() - 1) : text);
        });
  }

  /** What Intel certified about the platform. */
  PckExtension platform(Certificate pck) {
    return get(platforms, pck.encoded(), p -> PckExtension.of(pck));
  }

  private static <K, V> V get(Map<K, V> map, K key, Function<K, V> read) {
    synchronized (map) {
      V known = map.get(key);
      if (known != null) {
        return known;
      }
    }
    V value = read.apply(key);
    synchronized (map) {
      map.put(key, value);
    }
    return value;
  }

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
