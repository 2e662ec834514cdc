// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Random;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SignatureAlgorithm;
import org.junit.jupiter.api.Test;

/** Certificates: read completely or refused, never anything else. */
class X509Test {
  private final JcaSignatureEngine engine = new JcaSignatureEngine();

  private static Bytes root() {
    return Pem.objects(
            "-----BEGIN CERTIFICATE-----\n" + TestRoot.BASE64 + "\n-----END CERTIFICATE-----\n",
            "CERTIFICATE")
        .getFirst();
  }

  @Test
  void realRootIsReadAndVerifiesUnderItself() {
    Certificate root = Certificate.parse(root());
    assertThat(root.commonName()).isEqualTo("Intel SGX Root CA");
    assertThat(root.notAfter()).isEqualTo("2049-12-31T23:59:59Z");
    assertThat(root.pathLength()).contains(1);
    assertThat(root.mayIssue()).isTrue();
    assertThat(root.maySignCrl()).isTrue();
    assertThat(root.maySign()).isFalse();
    assertThat(root.isSelfIssued()).isTrue();
    assertThat(root.isIssuedBy(root, engine)).isTrue();
    assertThat(PublicKeyInfo.curve(root.spki())).isEqualTo(PublicKeyInfo.P256);
  }

  @Test
  void everyFlippedBitIsMalformedOrBreaksTheSignature() {
    byte[] good = root().toArray();
    Bytes spki = Certificate.parse(root()).spki();
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      boolean holds;
      try {
        holds = Certificate.parse(Bytes.of(bad)).isSignedBy(spki, engine);
      } catch (MalformedEvidenceException e) {
        holds = false;
      }
      assertThat(holds).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void randomBytesAreMalformed() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      if (noise.length > 4) {
        noise[0] = 0x30;
        noise[1] = (byte) (noise.length - 2);
      }
      assertThatThrownBy(() -> Certificate.parse(Bytes.of(noise)))
          .isInstanceOf(MalformedEvidenceException.class);
    }
  }

  @Test
  void numbersOfASignatureMustLieBelowTheOrder() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Bytes spki = Bytes.of(pair.getPublic().getEncoded());
    byte[] message = {1, 2, 3};
    Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
    signer.initSign(pair.getPrivate());
    signer.update(message);
    byte[] good = signer.sign();
    assertThat(engine.verify(SignatureAlgorithm.ECDSA_P256_SHA256, spki, message, good)).isTrue();
    String order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    String zero = "00".repeat(32);
    for (String r : new String[] {zero, order, "ff".repeat(32)}) {
      for (String s : new String[] {zero, order, "ff".repeat(32)}) {
        byte[] bad = Bytes.ofHex(r + s).toArray();
        assertThat(engine.verify(SignatureAlgorithm.ECDSA_P256_SHA256, spki, message, bad))
            .isFalse();
      }
    }
    assertThat(engine.verify(SignatureAlgorithm.ECDSA_P384_SHA384, spki, message, good)).isFalse();
    assertThat(engine.verify(SignatureAlgorithm.RSA_PKCS1_SHA256, spki, message, good)).isFalse();
    assertThat(engine.verify(SignatureAlgorithm.ED25519, spki, message, good)).isFalse();
  }
}
