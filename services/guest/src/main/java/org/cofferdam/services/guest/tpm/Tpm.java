// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.cofferdam.core.bytes.ByteReader;

/**
 * The commands that a guest needs (TPM 2.0 Part 3). Hierarchies have the empty password. Everything
 * created here is transient and goes with the connection or with {@link #flush}.
 */
public final class Tpm implements AutoCloseable {
  /** PCRs of the sha256 bank. */
  public static final int PCR_COUNT = 24;

  private static final int SHA256 = 0x000b;
  private static final int NULL_ALGORITHM = 0x0010;
  private static final int RH_NULL = 0x40000007;
  private static final int RH_ENDORSEMENT = 0x4000000b;
  private static final int PERSISTENT_RSA_EK = 0x81010001;
  private static final int RSA_EK_CERTIFICATE = 0x01c00002;
  private static final int NV_CHUNK = 512;

  private final TpmTransport transport;

  public Tpm(TpmTransport transport) {
    this.transport = transport;
  }

  /** TPM2_Startup(CLEAR); firmware has done it where there is one. */
  public void startup() throws IOException {
    new TpmCommand("TPM2_Startup", 0x144).u16(0).send(transport, 0).end("parameters");
  }

  /** The RSA-2048 endorsement key: the persistent one, or made from the default template. */
  public TpmKey endorsementKey() throws IOException {
    Optional<TpmKey> persistent = readPublic(PERSISTENT_RSA_EK);
    return persistent.isPresent() ? persistent.get() : createPrimary(Templates.endorsementKey());
  }

  /** A restricted ECDSA P-256 signing key in the endorsement hierarchy. */
  public TpmKey attestationKey() throws IOException {
    return createPrimary(Templates.attestationKey());
  }

  /** The X.509 certificate of the RSA endorsement key, DER, without padding behind it. */
  public byte[] endorsementCertificate() throws IOException {
    ByteReader in =
        new TpmCommand("TPM2_NV_ReadPublic", 0x169).handle(RSA_EK_CERTIFICATE).send(transport, 0);
    ByteReader area = in.slice("nvPublic", in.u16be("nvPublic.size"));
    area.skip("nvIndex, nameAlg, attributes", 4 + 2 + 4);
    area.skip("authPolicy", area.u16be("authPolicy.size"));
    int size = area.u16be("dataSize");
    area.end("nvPublic");
    byte[] data = new byte[size];
    for (int at = 0; at < size; at += NV_CHUNK) {
      int want = Math.min(NV_CHUNK, size - at);
      byte[] chunk = nvRead(want, at);
      System.arraycopy(chunk, 0, data, at, want);
    }
    return Der.first(data);
  }

  private byte[] nvRead(int size, int offset) throws IOException {
    ByteReader in =
        new TpmCommand("TPM2_NV_Read", 0x14e)
            .handle(RSA_EK_CERTIFICATE)
            .handle(RSA_EK_CERTIFICATE)
            .emptyPassword()
            .u16(size)
            .u16(offset)
            .send(transport, 0);
    byte[] data = sized(in, "data");
    in.end("parameters");
    if (data.length != size) {
      throw in.malformed("data", "has " + data.length + " bytes, asked for " + size);
    }
    return data;
  }

  private Optional<TpmKey> readPublic(int handle) throws IOException {
    try {
      ByteReader in = new TpmCommand("TPM2_ReadPublic", 0x173).handle(handle).send(transport, 0);
      return Optional.of(new TpmKey(handle, sized(in, "outPublic")));
    } catch (TpmException e) {
      if (e.noSuchHandle()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private TpmKey createPrimary(byte[] template) throws IOException {
    ByteReader in =
        new TpmCommand("TPM2_CreatePrimary", 0x131)
            .handle(RH_ENDORSEMENT)
            .emptyPassword()
            .sized(new byte[4]) // no password, no data of ours
            .sized(template)
            .u16(0)
            .u32(0)
            .send(transport, 1);
    int handle = (int) in.u32be("objectHandle");
    return new TpmKey(handle, sized(in, "outPublic"));
  }

  /**
   * Recovers the value that a verifier sealed to {@code endorsement} for {@code attestation}: only
   * the TPM that holds both can.
   *
   * @param credentialBlob TPM2B_ID_OBJECT
   * @param encryptedSecret TPM2B_ENCRYPTED_SECRET
   */
  public byte[] activateCredential(
      TpmKey attestation,
      TpmKey endorsement,
      byte[] credentialBlob,
      byte[] encryptedSecret,
      RandomGenerator random)
      throws IOException {
    int session = policySession(random);
    try {
      ByteReader in =
          new TpmCommand("TPM2_ActivateCredential", 0x147)
              .handle(attestation.handle())
              .handle(endorsement.handle())
              .emptyPassword()
              .policy(session)
              .bytes(credentialBlob)
              .bytes(encryptedSecret)
              .send(transport, 0);
      byte[] value = sized(in, "certInfo");
      in.end("parameters");
      return value;
    } catch (TpmException e) {
      flush(session); // a session ends with the command only where it succeeds
      throw e;
    }
  }

  private int policySession(RandomGenerator random) throws IOException {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    ByteReader in =
        new TpmCommand("TPM2_StartAuthSession", 0x176)
            .handle(RH_NULL)
            .handle(RH_NULL)
            .sized(nonce)
            .u16(0)
            .u8(1) // TPM_SE_POLICY
            .u16(NULL_ALGORITHM)
            .u16(SHA256)
            .send(transport, 1);
    int session = (int) in.u32be("sessionHandle");
    new TpmCommand("TPM2_PolicySecret", 0x151)
        .handle(RH_ENDORSEMENT)
        .handle(session)
        .emptyPassword()
        .u16(0)
        .u16(0)
        .u16(0)
        .u32(0)
        .send(transport, 0);
    return session;
  }

  /** Extends the sha256 bank of one PCR. */
  public void extend(int pcr, byte[] sha256) throws IOException {
    new TpmCommand("TPM2_PCR_Extend", 0x182)
        .handle(pcr)
        .emptyPassword()
        .u32(1)
        .u16(SHA256)
        .bytes(sha256)
        .send(transport, 0)
        .end("parameters");
  }

  /** The sha256 bank's values of PCR 0 to {@code count - 1}. */
  public List<byte[]> pcrs(int count) throws IOException {
    List<byte[]> values = new ArrayList<>();
    while (values.size() < count) {
      // A response holds at most eight digests (Part 2, TPML_DIGEST).
      int from = values.size();
      ByteReader in =
          new TpmCommand("TPM2_PCR_Read", 0x17e)
              .bytes(selection(from, Math.min(from + 8, count)))
              .send(transport, 0);
      in.skip("pcrUpdateCounter", 4);
      byte[] selected = in.bytes("pcrSelectionOut", 10);
      if (!Arrays.equals(selected, selection(from, Math.min(from + 8, count)))) {
        throw in.malformed("pcrSelectionOut", "is not what was asked for");
      }
      long digests = in.u32be("pcrValues.count");
      for (long i = 0; i < digests; i++) {
        values.add(sized(in, "pcrValues"));
      }
      in.end("parameters");
    }
    return values;
  }

  /** Signs the sha256 bank's PCR 0 to {@code count - 1} with {@code key}'s own scheme. */
  public Quote quote(TpmKey key, byte[] qualifyingData, int count) throws IOException {
    ByteReader in =
        new TpmCommand("TPM2_Quote", 0x158)
            .handle(key.handle())
            .emptyPassword()
            .sized(qualifyingData)
            .u16(NULL_ALGORITHM)
            .bytes(selection(0, count))
            .send(transport, 0);
    byte[] attest = sized(in, "quoted");
    return new Quote(attest, in.bytes("signature", in.remaining()));
  }

  /** Forgets a transient object or a session. */
  public void flush(int handle) throws IOException {
    new TpmCommand("TPM2_FlushContext", 0x165).u32(handle).send(transport, 0).end("parameters");
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }

  /** TPML_PCR_SELECTION of one bank: PCRs from {@code from} to below {@code to}. */
  private static byte[] selection(int from, int to) {
    byte[] bytes = {0, 0, 0, 1, 0, SHA256, 3, 0, 0, 0};
    for (int pcr = from; pcr < to; pcr++) {
      bytes[7 + pcr / 8] |= (byte) (1 << pcr % 8);
    }
    return bytes;
  }

  private static byte[] sized(ByteReader in, String field) {
    return in.bytes(field, in.u16be(field + ".size"));
  }
}
