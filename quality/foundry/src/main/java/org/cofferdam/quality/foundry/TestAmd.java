// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * An SNP machine of the foundry: a root (ARK), an issuer (ASK, or ASVK for a provider's key), and a
 * chip that signs reports. The hook sees the certificates under {@code root}, {@code ask} and
 * {@code vek}, the key's extensions as {@code vek.ext.NAME}, and the report's fields as {@code
 * report.NAME}.
 */
public final class TestAmd {
  private static final String ARC = "1.3.6.1.4.1.3704.1.";

  /** The keys, which take long to make. */
  public record Keys(KeyPair root, KeyPair issuer, KeyPair signer) {
    public static Keys generate() {
      return new Keys(Crypto.rsa2048(), Crypto.rsa2048(), Crypto.p384());
    }
  }

  /**
   * What kind of machine.
   *
   * @param product {@code Milan}, {@code Genoa} or {@code Turin}
   * @param version of its reports
   * @param provider true to sign with a provider's key (VLEK)
   */
  public record Machine(String product, int version, boolean provider) {
    boolean turin() {
      return product.equals("Turin");
    }

    /** FMC, boot loader, TEE, SNP, microcode. */
    int[] tcb() {
      return new int[] {1, 10, 0, turin() ? 4 : 27, 90};
    }
  }

  private final Keys keys;
  private final Machine machine;
  private final Hook hook;
  private final TestCa root;
  private final TestCa issuer;
  private final byte[] signer;
  private final byte[] chipId =
      Arrays.copyOf(Crypto.sha256("chip".getBytes(StandardCharsets.UTF_8)), 64);
  private final Instant from;

  /**
   * @param from certificates are valid from here, for one year
   */
  public TestAmd(Keys keys, Machine machine, Instant from, Hook hook) {
    this.keys = keys;
    this.machine = machine;
    this.hook = hook;
    this.from = from;
    Instant to = from.plusSeconds(365L * 86400);
    if (machine.turin()) {
      Arrays.fill(chipId, 8, 64, (byte) 0);
    }
    String product = machine.product();
    root = TestCa.pssRoot("ARK-" + product, keys.root(), from, to, hook);
    String below = text("ask.common-name", (machine.provider() ? "SEV-VLEK-" : "SEV-") + product);
    issuer = root.authority("ask", below, keys.issuer(), from, to, hook);
    String name = text("vek.common-name", machine.provider() ? "SEV-VLEK" : "SEV-VCEK");
    signer = issuer.issue("vek", name, keys.signer().getPublic(), 0, from, to, extensions(), hook);
  }

  private List<byte[]> extensions() {
    int[] tcb = machine.tcb();
    List<byte[]> all = new ArrayList<>();
    number(all, "struct-version", "1", machine.turin() ? 1 : 0);
    String product = text("vek.ext.product", machine.product() + (machine.turin() ? "" : "-B0"));
    add(all, "2", Asn1.tlv(0x16, product.getBytes(StandardCharsets.US_ASCII)));
    number(all, "boot-loader", "3.1", tcb[1]);
    number(all, "tee", "3.2", tcb[2]);
    number(all, "snp", "3.3", tcb[3]);
    if (!machine.turin()) {
      number(all, "spl4", "3.4", 0);
    }
    number(all, "spl5", "3.5", 0);
    number(all, "spl6", "3.6", 0);
    number(all, "spl7", "3.7", 0);
    number(all, "microcode", "3.8", tcb[4]);
    if (machine.turin()) {
      number(all, "fmc", "3.9", tcb[0]);
    }
    if (machine.provider()) {
      String csp = text("vek.ext.csp", "CN=foundry.cofferdam.org");
      add(all, "5", Asn1.tlv(0x16, csp.getBytes(StandardCharsets.US_ASCII)));
    } else {
      byte[] id = Arrays.copyOf(chipId, machine.turin() ? 8 : 64);
      add(all, "4", hook.field("vek.ext.hardware-id", id));
    }
    return all;
  }

  private void number(List<byte[]> all, String field, String arc, int value) {
    byte[] number = hook.field("vek.ext." + field, BigInteger.valueOf(value).toByteArray());
    add(all, arc, Asn1.tlv(2, number));
  }

  private static void add(List<byte[]> all, String arc, byte[] value) {
    all.add(TestCa.extension(ARC + arc, false, value));
  }

  private String text(String field, String value) {
    return new String(
        hook.field(field, value.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  /** 1184 bytes. */
  public byte[] report(byte[] reportData, byte[] measurement) {
    Writer w = new Writer(hook, ByteOrder.LITTLE_ENDIAN);
    w.u32("report.version", machine.version())
        .u32("report.guest-svn", 2)
        .u64("report.policy", 0x30000)
        .zeros("report.family-id", 16)
        .zeros("report.image-id", 16)
        .u32("report.vmpl", 0)
        .u32("report.signature-algorithm", 1)
        .bytes("report.current-tcb", tcb())
        .u64("report.platform-info", 0x30)
        .u32("report.key-info", machine.provider() ? 4 : 0)
        .zeros("report.reserved-4c", 4)
        .bytes("report.report-data", Arrays.copyOf(reportData, 64))
        .bytes("report.measurement", Arrays.copyOf(measurement, 48))
        .zeros("report.host-data", 32)
        .zeros("report.id-key-digest", 48)
        .zeros("report.author-key-digest", 48)
        .zeros("report.report-id", 32)
        .bytes("report.report-id-ma", filled(32))
        .bytes("report.reported-tcb", tcb())
        .bytes("report.cpuid", cpuid())
        .zeros("report.reserved-18b", 21)
        .bytes("report.chip-id", machine.provider() ? new byte[64] : chipId.clone())
        .bytes("report.committed-tcb", tcb())
        .bytes("report.current-version", new byte[] {5, 55, 1, 0})
        .bytes("report.committed-version", new byte[] {5, 55, 1, 0})
        .bytes("report.launch-tcb", tcb())
        .u64("report.launch-mitigation", 0)
        .u64("report.current-mitigation", 0)
        .zeros("report.reserved-208", 152);
    byte[] signed = w.toBytes();
    byte[] signature = Crypto.signP384(keys.signer().getPrivate(), signed);
    Writer tail = new Writer(hook, ByteOrder.LITTLE_ENDIAN);
    tail.bytes("report.r", little(Arrays.copyOfRange(signature, 0, 48)))
        .bytes("report.s", little(Arrays.copyOfRange(signature, 48, 96)))
        .zeros("report.signature-reserved", 368);
    return Crypto.join(signed, tail.toBytes());
  }

  /** The report and the signer's chain as a CoCo guest sends them; for machines before Turin. */
  public String json(byte[] reportData, byte[] measurement) {
    byte[] r = report(reportData, measurement);
    String tcb = "{\"bootloader\":10,\"tee\":0,\"snp\":27,\"microcode\":90}";
    String version = "{\"build\":5,\"minor\":55,\"major\":1}";
    return "{\"attestation_report\":{\"version\":"
        + machine.version()
        + ",\"guest_svn\":2,\"policy\":196608,\"family_id\":"
        + numbers(r, 0x10, 16)
        + ",\"image_id\":"
        + numbers(r, 0x20, 16)
        + ",\"vmpl\":0,\"sig_algo\":1,\"current_tcb\":"
        + tcb
        + ",\"plat_info\":48,\"key_info\":0,\"report_data\":"
        + numbers(r, 0x50, 64)
        + ",\"measurement\":"
        + numbers(r, 0x90, 48)
        + ",\"host_data\":"
        + numbers(r, 0xc0, 32)
        + ",\"id_key_digest\":"
        + numbers(r, 0xe0, 48)
        + ",\"author_key_digest\":"
        + numbers(r, 0x110, 48)
        + ",\"report_id\":"
        + numbers(r, 0x140, 32)
        + ",\"report_id_ma\":"
        + numbers(r, 0x160, 32)
        + ",\"reported_tcb\":"
        + tcb
        + ",\"cpuid_fam_id\":"
        + r[0x188]
        + ",\"cpuid_mod_id\":"
        + r[0x189]
        + ",\"cpuid_step\":"
        + r[0x18a]
        + ",\"chip_id\":"
        + numbers(r, 0x1a0, 64)
        + ",\"committed_tcb\":"
        + tcb
        + ",\"current\":"
        + version
        + ",\"committed\":"
        + version
        + ",\"launch_tcb\":"
        + tcb
        + ",\"launch_mit_vector\":0,\"current_mit_vector\":0,\"signature\":{\"r\":"
        + numbers(r, 0x2a0, 72)
        + ",\"s\":"
        + numbers(r, 0x2e8, 72)
        + "}},\"cert_chain\":[{\"cert_type\":\"VCEK\",\"data\":"
        + numbers(signer, 0, signer.length)
        + "},{\"cert_type\":\"ASK\",\"data\":"
        + numbers(issuer.certificate(), 0, issuer.certificate().length)
        + "}]}";
  }

  private static String numbers(byte[] bytes, int from, int length) {
    StringJoiner list = new StringJoiner(",", "[", "]");
    for (int i = from; i < from + length; i++) {
      list.add(Integer.toString(bytes[i] & 0xff));
    }
    return list.toString();
  }

  private byte[] cpuid() {
    return switch (machine.version() < 3 ? "" : machine.product()) {
      case "Milan" -> new byte[] {0x19, 1, 1};
      case "Genoa" -> new byte[] {0x19, 0x11, 1};
      case "Turin" -> new byte[] {0x1a, 2, 1};
      default -> new byte[3];
    };
  }

  private byte[] tcb() {
    int[] t = machine.tcb();
    return machine.turin()
        ? new byte[] {(byte) t[0], (byte) t[1], (byte) t[2], (byte) t[3], 0, 0, 0, (byte) t[4]}
        : new byte[] {(byte) t[1], (byte) t[2], 0, 0, 0, 0, (byte) t[3], (byte) t[4]};
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xff);
    return bytes;
  }

  private static byte[] little(byte[] big) {
    byte[] out = new byte[72];
    for (int i = 0; i < big.length; i++) {
      out[i] = big[big.length - 1 - i];
    }
    return out;
  }

  /** DER of the key that signs reports. */
  public byte[] signerCertificate() {
    return signer.clone();
  }

  /** DER of the certificate that issued it. */
  public byte[] issuerCertificate() {
    return issuer.certificate();
  }

  public byte[] rootCertificate() {
    return root.certificate();
  }

  /** SubjectPublicKeyInfo of the root, DER. */
  public byte[] rootPublicKey() {
    return root.publicKey();
  }

  /** A revocation list of the root; the issuer's serial number is 2. */
  public byte[] revocationList(List<BigInteger> serials) {
    return root.revoke("crl", serials, from, from.plusSeconds(30L * 86400), 7, hook);
  }

  /** The table that a host hands to its guest, with all three certificates. */
  public byte[] certificateTable() {
    byte[][] data = {signer, issuer.certificate(), root.certificate()};
    byte[][] guids = {
      guid(
          machine.provider() ? 0xa8074bc2a25a483eL : 0x63da758de6644564L,
          machine.provider() ? 0xaae639c045a0b8a1L : 0xadc5f4b93be8accdL),
      guid(0x4ab7b379bbac4fe4L, 0xa02f05aef327c782L),
      guid(0xc0b406a4a8034952L, 0x97433fb6014cd0aeL)
    };
    Writer w = new Writer(hook, ByteOrder.LITTLE_ENDIAN);
    int at = 24 * 4;
    for (int i = 0; i < 3; i++) {
      w.bytes("table.guid", guids[i]).u32("table.offset", at).u32("table.length", data[i].length);
      at += data[i].length;
    }
    return Crypto.join(w.zeros("table.end", 24).toBytes(), Crypto.join(data));
  }

  /** The first three fields of a GUID are little endian. */
  private static byte[] guid(long high, long low) {
    return new Writer(Hook.none(), ByteOrder.LITTLE_ENDIAN)
        .u32("a", high >>> 32)
        .u16("b", (int) (high >>> 16))
        .u16("c", (int) high)
        .bytes("d", BigInteger.valueOf(low).toByteArray())
        .toBytes();
  }
}
