// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.gramine;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.evidence.sigstruct.Sigstruct;

/** Writes SIGSTRUCT with the values that Gramine's signing tool gives it. */
public final class SigstructWriter {
  private static final byte[] HEADER = Hex.decode("06000000e10000000000010000000000");
  private static final byte[] HEADER2 = Hex.decode("01010000600000006000000001000000");

  private SigstructWriter() {}

  /**
   * The same inputs and key give the same bytes.
   *
   * @param mrEnclave 32 bytes
   * @param date {@code YYYY-MM-DD}; {@code 0000-00-00} says nothing
   * @throws IllegalArgumentException where the date has another form or the key is not RSA-3072
   *     with exponent 3
   * @throws GeneralSecurityException where the key's holder fails, or signs something else
   */
  public static Sigstruct sign(
      Bytes mrEnclave, EnclaveSettings settings, String date, EnclaveSigner signer)
      throws GeneralSecurityException {
    BigInteger n = signer.publicKey().getModulus();
    if (n.bitLength() != 3072
        || !signer.publicKey().getPublicExponent().equals(BigInteger.valueOf(3))) {
      throw new IllegalArgumentException("the key is not RSA with 3072 bits and exponent 3");
    }
    if (!date.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
      throw new IllegalArgumentException("the date is not YYYY-MM-DD: " + date);
    }
    ByteBuffer out = ByteBuffer.allocate(Sigstruct.SIZE).order(ByteOrder.LITTLE_ENDIAN);
    out.put(0, HEADER);
    out.putInt(20, Integer.parseInt(date.replace("-", ""), 16));
    out.put(24, HEADER2);
    out.put(128, littleEndian(n));
    out.putInt(512, 3);
    out.putInt(900, settings.exInfo() ? 1 : 0);
    out.putInt(904, -1);
    out.putLong(928, settings.flags());
    out.putLong(936, settings.xfrm());
    out.putLong(944, -1);
    out.putLong(952, settings.xfrmMask());
    out.put(960, mrEnclave.toArray());
    out.putShort(1024, (short) settings.isvProdId());
    out.putShort(1026, (short) settings.isvSvn());

    BigInteger s = new BigInteger(1, signer.sign(Sigstruct.parse(out.array()).signed()));
    BigInteger[] square = s.multiply(s).divideAndRemainder(n);
    out.put(516, littleEndian(s));
    out.put(1040, littleEndian(square[0]));
    out.put(1424, littleEndian(s.multiply(square[1]).divide(n)));
    Sigstruct signed = Sigstruct.parse(out.array());
    if (!signed.signatureVerifies()) {
      throw new GeneralSecurityException("the key signed something else");
    }
    return signed;
  }

  private static byte[] littleEndian(BigInteger number) {
    byte[] big = number.toByteArray();
    byte[] little = new byte[384];
    for (int i = 0; i < Math.min(big.length, little.length); i++) {
      little[i] = big[big.length - 1 - i];
    }
    return Arrays.copyOf(little, little.length);
  }
}
