// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.broker;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.KeyAgreement;
import org.cofferdam.core.bytes.json.Json;

/**
 * What the asymmetric operations of one release cost bare, with the library that the server uses:
 * the verifications of the evidence's own signatures (those of certificates are kept), one
 * signature (token), one key pair and one agreement (envelope).
 */
final class CryptoFloor {
  private static final int ROUNDS = 2000;

  private CryptoFloor() {}

  /**
   * CPU microseconds of this thread, by operation, and their sum for one release.
   *
   * @param tee {@code snp}: one signature on P-384; otherwise two on P-256
   */
  static Json measure(String tee) throws GeneralSecurityException {
    KeyPairGenerator p256 = generator("secp256r1");
    KeyPair pair = p256.generateKeyPair();
    KeyPair other = p256.generateKeyPair();
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(pair.getPrivate());
    byte[] message = new byte[200];
    double sign =
        micros(
            () -> {
              signer.update(message);
              signer.sign();
            });
    double verify256 = verify("SHA256withECDSA", pair);
    double verify384 = verify("SHA384withECDSA", generator("secp384r1").generateKeyPair());
    double generate = micros(p256::generateKeyPair);
    double agree =
        micros(
            () -> {
              KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
              agreement.init(pair.getPrivate());
              agreement.doPhase(other.getPublic(), true);
              agreement.generateSecret();
            });
    double evidence = tee.equals("snp") ? verify384 : 2 * verify256;
    return Json.object()
        .put("verifyP256", Math.round(verify256))
        .put("verifyP384", Math.round(verify384))
        .put("sign", Math.round(sign))
        .put("generate", Math.round(generate))
        .put("agree", Math.round(agree))
        .put("oneRelease", Math.round(evidence + sign + generate + agree))
        .build();
  }

  private static KeyPairGenerator generator(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve), new SecureRandom());
    return generator;
  }

  private static double verify(String algorithm, KeyPair pair) throws GeneralSecurityException {
    byte[] message = new byte[200];
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(pair.getPrivate());
    signer.update(message);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(algorithm);
    return micros(
        () -> {
          verifier.initVerify(pair.getPublic());
          verifier.update(message);
          verifier.verify(signature);
        });
  }

  /** One operation. */
  @FunctionalInterface
  private interface Operation {
    void run() throws GeneralSecurityException;
  }

  private static double micros(Operation operation) throws GeneralSecurityException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < ROUNDS; i++) {
      operation.run();
    }
    long begun = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < ROUNDS; i++) {
      operation.run();
    }
    return (threads.getCurrentThreadCpuTime() - begun) / 1000.0 / ROUNDS;
  }
}
