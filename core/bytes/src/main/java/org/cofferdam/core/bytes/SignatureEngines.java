// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

import java.security.Provider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.cofferdam.core.bytes.x509.PublicKeyInfo;

/**
 * The signature engines that this program can have. Providers are looked for on its path and are
 * never required; each has to answer two known questions before it is used.
 */
public final class SignatureEngines {
  /** Fastest first, as measured (docs/attestation.md). */
  private static final List<String> ORDER = List.of("AmazonCorrettoCryptoProvider", "BC");

  // RFC 6979 A.2.5: P-256, SHA-256, message "sample".
  private static final Bytes POINT =
      Bytes.ofHex(
          "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
              + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
  private static final Bytes SIGNATURE =
      Bytes.ofHex(
          "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
              + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");

  private SignatureEngines() {}

  /** The fastest one that is there and works; the JDK's own where there is no other. */
  public static SignatureEngine fastest() {
    return available().getFirst();
  }

  /** All that are there and work, fastest first; the last is the JDK's own. */
  public static List<SignatureEngine> available() {
    List<Provider> found = new ArrayList<>();
    var providers = ServiceLoader.load(Provider.class).stream().iterator();
    while (providers.hasNext()) {
      load(providers.next()).filter(p -> ORDER.contains(p.getName())).ifPresent(found::add);
    }
    found.sort(Comparator.comparingInt(p -> ORDER.indexOf(p.getName())));
    List<SignatureEngine> engines = new ArrayList<>();
    for (Provider provider : found) {
      SignatureEngine engine = new JcaSignatureEngine(provider);
      if (works(engine)) {
        engines.add(engine);
      }
    }
    engines.add(new JcaSignatureEngine());
    return engines;
  }

  /** A provider whose native part does not run here is one that is not there. */
  private static Optional<Provider> load(ServiceLoader.Provider<Provider> provider) {
    try {
      return Optional.of(provider.get());
    } catch (ServiceConfigurationError | LinkageError e) {
      return Optional.empty();
    }
  }

  /** True where it accepts a known signature and refuses the same over another message. */
  static boolean works(SignatureEngine engine) {
    Bytes key = PublicKeyInfo.ofPoint(POINT);
    byte[] message = {'s', 'a', 'm', 'p', 'l', 'e'};
    byte[] other = {'s', 'a', 'm', 'p', 'l', 'f'};
    SignatureAlgorithm scheme = SignatureAlgorithm.ECDSA_P256_SHA256;
    return engine.verify(scheme, key, message, SIGNATURE.toArray())
        && !engine.verify(scheme, key, other, SIGNATURE.toArray());
  }
}
