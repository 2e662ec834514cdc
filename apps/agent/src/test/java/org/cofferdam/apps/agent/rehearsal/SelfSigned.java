// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.agent.rehearsal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import org.cofferdam.core.bytes.Hex;

/** The smallest X.509 certificate (version 1) that a key can sign for itself. */
final class SelfSigned {
  private static final byte[] ECDSA_SHA256 = Hex.decode("300a06082a8648ce3d040302");
  private static final byte[] NAME = Hex.decode("300c310a3008060355040313013f"); // CN=?

  private SelfSigned() {}

  static Certificate of(KeyPair key) throws GeneralSecurityException {
    byte[] validity =
        der(0x30, der(0x17, ascii("200101000000Z")), der(0x17, ascii("491231235959Z")));
    byte[] body =
        der(
            0x30,
            der(0x02, new byte[] {1}),
            ECDSA_SHA256,
            NAME,
            validity,
            NAME,
            key.getPublic().getEncoded());
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(key.getPrivate());
    signer.update(body);
    byte[] whole = der(0x30, body, ECDSA_SHA256, der(0x03, new byte[] {0}, signer.sign()));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] der(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
