// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real software TPM. */
class TpmTest {
  @TempDir static Path folder;
  static Swtpm swtpm;
  static TpmTransport transport;
  static Tpm tpm;

  @BeforeAll
  static void start() throws Exception {
    swtpm = Swtpm.start(folder);
    transport = swtpm.connect();
    tpm = new Tpm(transport);
  }

  @AfterAll
  static void stop() throws Exception {
    if (tpm != null) {
      tpm.close();
    }
    if (swtpm != null) {
      swtpm.close();
    }
  }

  @Test
  void certificateIsThatOfTheEndorsementKey() throws Exception {
    TpmKey ek = tpm.endorsementKey();
    X509Certificate certificate = certificate();
    assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().toString(16))
        .isEqualTo(Hex.encode(rsaModulus(ek)));
  }

  @Test
  void endorsementKeyMadeFromTheTemplateIsThePersistentOne() throws Exception {
    Tpm without = new Tpm(new NoPersistentKeys(transport));
    TpmKey made = without.endorsementKey();
    assertThat(made.publicArea()).isEqualTo(tpm.endorsementKey().publicArea());
    tpm.flush(made.handle());
  }

  @Test
  void extendFollowsTheFormula() throws Exception {
    byte[] digest = Digests.sha256(new byte[] {1});
    byte[] before = tpm.pcrs(24).get(13);
    tpm.extend(13, digest);
    assertThat(tpm.pcrs(24).get(13)).isEqualTo(Digests.sha256(before, digest));
  }

  @Test
  void quoteVerifiesAndCoversThePcrsAndTheNonce() throws Exception {
    TpmKey ak = tpm.attestationKey();
    byte[] nonce = Digests.sha256(new byte[] {7});
    Quote quote = tpm.quote(ak, nonce, 16);
    ByteReader in = ByteReader.of("TPMT_SIGNATURE", quote.signature());
    assertThat(in.u16be("sigAlg")).isEqualTo(0x18);
    assertThat(in.u16be("hash")).isEqualTo(0x0b);
    byte[] r = in.bytes("r", in.u16be("r.size"));
    byte[] s = in.bytes("s", in.u16be("s.size"));
    in.end("signature");
    Signature ecdsa = Signature.getInstance("SHA256withECDSAinP1363Format");
    ecdsa.initVerify(publicKey(ak));
    ecdsa.update(quote.attest());
    assertThat(ecdsa.verify(concat(pad(r), pad(s)))).isTrue();
    String attest = Hex.encode(quote.attest());
    ByteArrayOutputStream pcrs = new ByteArrayOutputStream();
    for (byte[] pcr : tpm.pcrs(16)) {
      pcrs.writeBytes(pcr);
    }
    assertThat(attest).startsWith("ff5443478018").contains(Hex.encode(nonce));
    assertThat(attest).endsWith("0020" + Hex.encode(Digests.sha256(pcrs.toByteArray())));
    tpm.flush(ak.handle());
  }

  @Test
  void activatesWhatWasSealedToItsKeys() throws Exception {
    TpmKey ek = tpm.endorsementKey();
    TpmKey ak = tpm.attestationKey();
    byte[] name = Credentials.name(ak.publicArea());
    byte[] value = Digests.sha256(new byte[] {9});
    byte[][] sealed = Credentials.make(certificate().getPublicKey(), name, value);
    assertThat(tpm.activateCredential(ak, ek, sealed[0], sealed[1], new SecureRandom()))
        .isEqualTo(value);
    tpm.flush(ak.handle());
  }

  @Test
  void doesNotActivateWhatWasSealedToAnotherAttestationKey() throws Exception {
    TpmKey ek = tpm.endorsementKey();
    TpmKey ak = tpm.attestationKey();
    byte[] other = Credentials.name(ak.publicArea());
    other[5] ^= 1;
    byte[][] sealed = Credentials.make(certificate().getPublicKey(), other, new byte[32]);
    for (int i = 0;
        i < 80;
        i++) { // more often than the TPM has sessions: each failure frees its own
      assertThatThrownBy(
              () -> tpm.activateCredential(ak, ek, sealed[0], sealed[1], new SecureRandom()))
          .isInstanceOf(TpmException.class)
          .hasMessageContaining("TPM2_ActivateCredential");
    }
    tpm.flush(ak.handle());
  }

  /** Answers TPM2_ReadPublic with TPM_RC_HANDLE, as a TPM does whose owner kept no key. */
  private record NoPersistentKeys(TpmTransport real) implements TpmTransport {
    @Override
    public byte[] transmit(byte[] command) throws IOException {
      return command[9] == 0x73 ? Hex.decode("80010000000a0000018b") : real.transmit(command);
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }

  private static byte[] rsaModulus(TpmKey key) {
    return Arrays.copyOfRange(
        key.publicArea(), key.publicArea().length - 256, key.publicArea().length);
  }

  private static X509Certificate certificate() throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(tpm.endorsementCertificate()));
  }

  private static PublicKey publicKey(TpmKey ak) throws Exception {
    return KeyFactory.getInstance("EC")
        .generatePublic(new X509EncodedKeySpec(EccPublic.subjectPublicKeyInfo(ak.publicArea())));
  }

  private static byte[] pad(byte[] value) {
    byte[] padded = new byte[32];
    System.arraycopy(value, 0, padded, 32 - value.length, value.length);
    return padded;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
