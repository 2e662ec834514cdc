// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * A TPM of the foundry: registers, an event log that is kept in step, an endorsement key certified
 * by a test root, and an attestation key. It signs whatever the hook made of a field.
 */
public final class TestTpm {
  private static final int SHA256 = 0x000b;
  private static final int ATTESTATION_KEY = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 16 | 1 << 18;
  private static final int BANK = 24;

  private final Hook hook;
  private final TestCa root;
  private final byte[] endorsementCertificate;
  private final KeyPair endorsementKey = Crypto.rsa2048();
  private final KeyPair attestationKey = Crypto.p256();
  private final byte[][] registers = new byte[BANK][32];
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final StringBuilder runtime = new StringBuilder();

  /**
   * @param from certificates are valid from here, for one year
   */
  public TestTpm(Instant from, Hook hook) {
    this.hook = hook;
    Instant to = from.plusSeconds(365L * 86400);
    root = TestCa.root("Cofferdam Foundry TPM Root", Crypto.p256(), from, to, hook);
    endorsementCertificate =
        root.issue(
            "ek",
            "Cofferdam Foundry TPM",
            endorsementKey.getPublic(),
            3,
            from,
            to,
            List.of(
                TestCa.extension("2.5.29.15", true, Asn1.tlv(3, new byte[] {5, 0x20})),
                TestCa.extension("2.5.29.37", false, Asn1.sequence(Asn1.oid("2.23.133.8.1")))),
            hook);
    for (int i = 17; i <= 22; i++) {
      Arrays.fill(registers[i], (byte) 0xff);
    }
    byte[] specId =
        new Writer(hook, ByteOrder.LITTLE_ENDIAN)
            .bytes("log.signature", "Spec ID Event03\0".getBytes(StandardCharsets.US_ASCII))
            .u32("log.platform-class", 0)
            .u8("log.version-minor", 0)
            .u8("log.version-major", 2)
            .u8("log.errata", 0)
            .u8("log.uintn-size", 2)
            .u32("log.algorithms", 1)
            .u16("log.algorithm", SHA256)
            .u16("log.digest-size", 32)
            .u8("log.vendor-size", 0)
            .toBytes();
    log.writeBytes(
        new Writer(hook, ByteOrder.LITTLE_ENDIAN)
            .u32("log.header.pcr", 0)
            .u32("log.header.type", 3)
            .zeros("log.header.digest", 20)
            .u32("log.header.size", specId.length)
            .bytes("log.header.event", specId)
            .toBytes());
  }

  /** The key that the test root signs with: a development anchor. */
  public TestCa root() {
    return root;
  }

  public byte[] endorsementCertificate() {
    return endorsementCertificate.clone();
  }

  /** Extends a register with the hash of the event, and logs it. */
  public void measure(int pcr, long type, byte[] event) {
    extend(pcr, type, Crypto.sha256(event), event);
  }

  /** Extends a register with a digest that need not be the event's. */
  public void extend(int pcr, long type, byte[] digest, byte[] event) {
    registers[pcr] = Crypto.sha256(registers[pcr], digest);
    log.writeBytes(
        new Writer(hook, ByteOrder.LITTLE_ENDIAN)
            .u32("log.event.pcr", pcr)
            .u32("log.event.type", type)
            .u32("log.event.digests", 1)
            .u16("log.event.algorithm", SHA256)
            .bytes("log.event.digest", digest)
            .u32("log.event.size", event.length)
            .bytes("log.event.data", event)
            .toBytes());
  }

  /**
   * What the running system extends, kept in a log of its own under this member of the evidence.
   */
  public void measureLater(String member, byte[] runtimeLog, int pcr, byte[]... digests) {
    for (byte[] digest : digests) {
      registers[pcr] = Crypto.sha256(registers[pcr], digest);
    }
    runtime.append(',').append(member(member, hook.field("runtime." + member, runtimeLog)));
  }

  /**
   * A certificate of the attestation key by the root; the hook sees it as {@code ak-certificate}.
   */
  byte[] attestationCertificate(Instant from, List<byte[]> extensions) {
    return root.issue(
        "ak-certificate",
        "Cofferdam Foundry AK",
        attestationKey.getPublic(),
        4,
        from,
        from.plusSeconds(365L * 86400),
        extensions,
        hook);
  }

  byte[] register(int pcr) {
    return registers[pcr].clone();
  }

  byte[] eventLog() {
    return log.toByteArray();
  }

  /** An agent's entry: EV_EVENT_TAG around {@code domain operation content}. */
  public static byte[] entry(String domain, String operation, String content) {
    byte[] text = (domain + " " + operation + " " + content).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x4141454c)
        .putInt(text.length)
        .put(text)
        .array();
  }

  /** TPMT_PUBLIC of the attestation key. */
  public byte[] attestationPublicArea() {
    byte[] point = Crypto.point(attestationKey.getPublic(), 32);
    return new Writer(hook, ByteOrder.BIG_ENDIAN)
        .u16("ak.type", 0x0023)
        .u16("ak.name-alg", SHA256)
        .u32("ak.attributes", ATTESTATION_KEY)
        .sized16("ak.auth-policy", new byte[0])
        .u16("ak.symmetric", 0x0010)
        .u16("ak.scheme", 0x0018)
        .u16("ak.scheme-hash", SHA256)
        .u16("ak.curve", 3)
        .u16("ak.kdf", 0x0010)
        .sized16("ak.x", Arrays.copyOf(point, 32))
        .sized16("ak.y", Arrays.copyOfRange(point, 32, 64))
        .toBytes();
  }

  /**
   * TPM2_ActivateCredential: opens what was made for this endorsement key and attestation key.
   *
   * @throws GeneralSecurityException where it was made for others
   */
  public byte[] activate(byte[] credentialBlob, byte[] encryptedSecret)
      throws GeneralSecurityException {
    byte[] name = Crypto.join(new byte[] {0, SHA256}, Crypto.sha256(attestationPublicArea()));
    Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
    rsa.init(
        Cipher.DECRYPT_MODE,
        endorsementKey.getPrivate(),
        new OAEPParameterSpec(
            "SHA-256",
            "MGF1",
            MGF1ParameterSpec.SHA256,
            new PSource.PSpecified("IDENTITY\0".getBytes(StandardCharsets.US_ASCII))));
    byte[] seed = rsa.doFinal(Arrays.copyOfRange(encryptedSecret, 2, encryptedSecret.length));
    byte[] hmac = Arrays.copyOfRange(credentialBlob, 4, 36);
    byte[] identity = Arrays.copyOfRange(credentialBlob, 36, credentialBlob.length);
    byte[] integrity = kdfa(seed, "INTEGRITY", new byte[0], 32);
    if (!Arrays.equals(hmac, hmac(integrity, identity, name))) {
      throw new GeneralSecurityException("TPM_RC_INTEGRITY");
    }
    Cipher aes = Cipher.getInstance("AES/CFB/NoPadding");
    aes.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(kdfa(seed, "STORAGE", name, 16), "AES"),
        new IvParameterSpec(new byte[16]));
    byte[] plain = aes.doFinal(identity);
    return Arrays.copyOfRange(plain, 2, plain.length);
  }

  private static byte[] kdfa(byte[] key, String label, byte[] context, int bytes)
      throws GeneralSecurityException {
    byte[] block =
        hmac(
            key,
            new byte[] {0, 0, 0, 1},
            (label + "\0").getBytes(StandardCharsets.US_ASCII),
            context,
            ByteBuffer.allocate(4).putInt(bytes * 8).array());
    return Arrays.copyOf(block, bytes);
  }

  private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(Crypto.join(parts));
  }

  /** TPMS_ATTEST over PCR 0 to 15. */
  byte[] attest(byte[] qualifyingData) {
    byte[][] quoted = Arrays.copyOf(registers, 16);
    return new Writer(hook, ByteOrder.BIG_ENDIAN)
        .bytes("attest.magic", new byte[] {(byte) 0xff, 'T', 'C', 'G'})
        .u16("attest.type", 0x8018)
        .sized16("attest.qualified-signer", new byte[34])
        .sized16("attest.extra-data", qualifyingData)
        .u64("attest.clock", 123_456)
        .u32("attest.reset-count", 7)
        .u32("attest.restart-count", 0)
        .u8("attest.safe", 1)
        .u64("attest.firmware-version", 0x20260101_00000001L)
        .u32("attest.selections", 1)
        .u16("attest.hash", SHA256)
        .u8("attest.select-size", 3)
        .bytes("attest.select", new byte[] {(byte) 0xff, (byte) 0xff, 0})
        .sized16("attest.pcr-digest", Crypto.sha256(quoted))
        .toBytes();
  }

  byte[] signature(byte[] attest) {
    byte[] rs = Crypto.signP256(attestationKey.getPrivate(), attest);
    return new Writer(hook, ByteOrder.BIG_ENDIAN)
        .u16("signature.scheme", 0x0018)
        .u16("signature.hash", SHA256)
        .sized16("signature.r", Arrays.copyOf(rs, 32))
        .sized16("signature.s", Arrays.copyOfRange(rs, 32, 64))
        .toBytes();
  }

  /**
   * Evidence as a guest sends it, JSON.
   *
   * @param qualifyingData the challenge, at most 64 bytes
   * @param credential what {@link #activate} gave, or empty
   */
  public byte[] evidence(byte[] qualifyingData, byte[] credential) {
    byte[] attest = attest(qualifyingData);
    StringBuilder pcrs = new StringBuilder();
    for (int pcr = 0; pcr < BANK; pcr++) {
      byte[] value = hook.field("pcrs." + pcr, pcr < 16 ? registers[pcr] : new byte[0]);
      pcrs.append(pcr == 0 ? "" : ",").append('"').append(hex(value)).append('"');
    }
    StringBuilder json = new StringBuilder("{\"tpm_quote\":{");
    json.append(member("signature", hook.field("evidence.signature", signature(attest))))
        .append(',')
        .append(member("message", hook.field("evidence.message", attest)))
        .append(",\"pcrs\":[")
        .append(pcrs)
        .append("]},")
        .append(member("ak_public", attestationKey.getPublic().getEncoded()))
        .append(',')
        .append(member("ak_public_area", attestationPublicArea()))
        .append(',')
        .append(member("ek_certificate", endorsementCertificate))
        .append(',')
        .append(member("eventlog", hook.field("evidence.eventlog", log.toByteArray())));
    json.append(runtime);
    if (credential.length > 0) {
      json.append(',').append(member("credential", hook.field("evidence.credential", credential)));
    }
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String member(String name, byte[] value) {
    return "\"" + name + "\":\"" + Base64.getEncoder().encodeToString(value) + "\"";
  }

  private static String hex(byte[] value) {
    return HexFormat.of().formatHex(value);
  }
}
