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
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.cofferdam.core.bytes.json.Json;

/**
 * What the asymmetric operations of one release cost bare, with the JDK's own providers: two
 * verifications (quote, certificate of the endorsement key), one signature (token), one key pair
 * and one agreement (envelope), all on P-256, and one RSA-2048 encryption (credential).
 */
final class CryptoFloor {
  private static final int ROUNDS = 400;

  private CryptoFloor() {}

  /** CPU microseconds of this thread, by operation, and their sum for one release. */
  static Json measure() throws GeneralSecurityException {
    KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
    ec.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    KeyPair pair = ec.generateKeyPair();
    KeyPair other = ec.generateKeyPair();
    KeyPair endorsement = rsa.generateKeyPair();
    byte[] message = new byte[200];
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(pair.getPrivate());
    signer.update(message);
    byte[] signature = signer.sign();
    double sign =
        micros(
            () -> {
              signer.update(message);
              signer.sign();
            });
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    double verify =
        micros(
            () -> {
              verifier.initVerify(pair.getPublic());
              verifier.update(message);
              verifier.verify(signature);
            });
    double generate = micros(ec::generateKeyPair);
    double agree =
        micros(
            () -> {
              KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
              agreement.init(pair.getPrivate());
              agreement.doPhase(other.getPublic(), true);
              agreement.generateSecret();
            });
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    double encrypt =
        micros(
            () -> {
              cipher.init(Cipher.ENCRYPT_MODE, endorsement.getPublic());
              cipher.doFinal(new byte[32]);
            });
    double release = 2 * verify + sign + generate + agree + encrypt;
    return Json.object()
        .put("verify", Math.round(verify))
        .put("sign", Math.round(sign))
        .put("generate", Math.round(generate))
        .put("agree", Math.round(agree))
        .put("rsaEncrypt", Math.round(encrypt))
        .put("oneRelease", Math.round(release))
        .build();
  }

  /** One operation. */
  @FunctionalInterface
  private interface Operation {
    void run() throws GeneralSecurityException;
  }

  private static double micros(Operation operation) throws GeneralSecurityException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 2 * ROUNDS; i++) {
      operation.run();
    }
    long begun = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < ROUNDS; i++) {
      operation.run();
    }
    return (threads.getCurrentThreadCpuTime() - begun) / 1000.0 / ROUNDS;
  }
}
