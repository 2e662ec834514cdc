// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SignatureEngine} over one JCA provider, or over the JDK's own where none is given. Key
 * objects are kept by their encoding: several providers precompute on them.
 */
public final class JcaSignatureEngine implements SignatureEngine {
  private static final int KEYS_KEPT = 256;

  private final @Nullable Provider provider;
  private final Set<SignatureAlgorithm> own = EnumSet.noneOf(SignatureAlgorithm.class);
  private final Map<Bytes, PublicKey> keys =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, PublicKey> eldest) {
          return size() > KEYS_KEPT;
        }
      };

  /** The providers that this Java has by itself. */
  public JcaSignatureEngine() {
    this.provider = null;
  }

  /** What this provider does not have, the JDK's own answer. */
  public JcaSignatureEngine(Provider provider) {
    this.provider = provider;
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      if (has(provider, algorithm)) {
        own.add(algorithm);
      }
    }
  }

  private static boolean has(Provider provider, SignatureAlgorithm algorithm) {
    String scheme = algorithm.isPss() ? "RSASSA-PSS" : schemeName(provider, algorithm);
    return provider.getService("Signature", scheme) != null
        && provider.getService("KeyFactory", algorithm.keyType()) != null;
  }

  /** Bouncy Castle has the form r ‖ s under the name that the BSI gave it. */
  private static String schemeName(@Nullable Provider provider, SignatureAlgorithm algorithm) {
    return provider != null && provider.getName().equals("BC")
        ? algorithm.jcaName().replace("withECDSAinP1363Format", "withPLAIN-ECDSA")
        : algorithm.jcaName();
  }

  private @Nullable Provider provider(SignatureAlgorithm algorithm) {
    return own.contains(algorithm) ? provider : null;
  }

  @Override
  public String name() {
    return provider == null
        ? "JDK " + Runtime.version().feature()
        : provider.getName() + " " + provider.getVersionStr();
  }

  @Override
  public boolean verify(
      SignatureAlgorithm algorithm, Bytes spki, byte[] message, byte[] signature) {
    try {
      PublicKey key = key(algorithm, spki);
      if (key == null || !fits(algorithm, key, signature)) {
        return false;
      }
      Signature verifier = signature(algorithm);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      // How providers say that a signature is not even well formed.
      return false;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean fits(SignatureAlgorithm algorithm, PublicKey key, byte[] signature) {
    int width = algorithm.width();
    if (width == 0) {
      return true;
    }
    if (signature.length != 2 * width || !(key instanceof ECPublicKey ec)) {
      return false;
    }
    BigInteger order = ec.getParams().getOrder();
    // Do not leave the range of r and s to the provider: CVE-2022-21449.
    return (order.bitLength() + 7) / 8 == width
        && inRange(new BigInteger(1, Arrays.copyOfRange(signature, 0, width)), order)
        && inRange(new BigInteger(1, Arrays.copyOfRange(signature, width, 2 * width)), order);
  }

  private static boolean inRange(BigInteger number, BigInteger order) {
    return number.signum() > 0 && number.compareTo(order) < 0;
  }

  private Signature signature(SignatureAlgorithm algorithm) throws GeneralSecurityException {
    Provider chosen = provider(algorithm);
    if (!algorithm.isPss()) {
      return chosen == null
          ? Signature.getInstance(algorithm.jcaName())
          : Signature.getInstance(schemeName(chosen, algorithm), chosen);
    }
    Signature verifier =
        chosen == null
            ? Signature.getInstance("RSASSA-PSS")
            : Signature.getInstance("RSASSA-PSS", chosen);
    String hash = algorithm.jcaName();
    int salt = Digests.start(hash).getDigestLength();
    verifier.setParameter(
        new PSSParameterSpec(
            hash, "MGF1", new MGF1ParameterSpec(hash), salt, PSSParameterSpec.TRAILER_FIELD_BC));
    return verifier;
  }

  private @Nullable PublicKey key(SignatureAlgorithm algorithm, Bytes spki)
      throws GeneralSecurityException {
    synchronized (keys) {
      PublicKey known = keys.get(spki);
      if (known != null) {
        return known.getAlgorithm().equals(algorithm.keyType())
                || (algorithm == SignatureAlgorithm.ED25519
                    && known.getAlgorithm().startsWith("Ed"))
            ? known
            : null;
      }
    }
    Provider chosen = provider(algorithm);
    KeyFactory factory =
        chosen == null
            ? KeyFactory.getInstance(algorithm.keyType())
            : KeyFactory.getInstance(algorithm.keyType(), chosen);
    PublicKey key = factory.generatePublic(new X509EncodedKeySpec(spki.toArray()));
    synchronized (keys) {
      keys.put(spki, key);
    }
    return key;
  }
}
