// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Intel's side of DCAP under a test root: root, PCK platform CA, TCB signing, one platform with its
 * PCK certificate and quoting enclave, and collateral. Every field goes through the hook.
 */
public final class TestIntel {
  private static final byte[] VENDOR = HexFormat.of().parseHex("939a7233f79c4ca9940a0db3957f0607");
  private static final byte[] QE_SIGNER =
      HexFormat.of().parseHex("8c4f5775d796503e96137f77c68a829a0056ac8ded70140b081b094490c57bff");
  private static final byte[] TD_QE_SIGNER =
      HexFormat.of().parseHex("dc9e2a7c6f948f17474e34a7fc43ed030f7c1563f1babddf6340c82e0e54a8c5");
  private static final String SGX = "1.2.840.113741.1.13.1";
  private static final byte[] FMSPC = {0, 0x60, 0x6a, 0, 0, 0};
  private static final long LIFE = 7L * 365 * 86400;
  private static final long FRESH = 30L * 86400;
  private static final int TDX_TYPE = 0x81;

  private final Hook hook;
  private final Instant now;
  private final TestCa root;
  private final TestCa platformCa;
  private final KeyPair signerKey = Crypto.p256();
  private final byte[] signer;
  private final KeyPair pckKey = Crypto.p256();
  private final byte[] pck;
  private final KeyPair attestationKey = Crypto.p256();
  private final Map<Integer, byte[]> certified = new ConcurrentHashMap<>();

  /**
   * @param now certificates and collateral are fresh at this time
   */
  public TestIntel(Instant now, Hook hook) {
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    this.hook = hook;
    Instant from = this.now.minusSeconds(86400);
    Instant to = from.plusSeconds(LIFE);
    root = TestCa.root("Intel SGX Root CA", Crypto.p256(), from, to, hook);
    platformCa = root.authority("ca", "Intel SGX PCK Platform CA", Crypto.p256(), from, to, hook);
    List<byte[]> signing =
        List.of(TestCa.extension("2.5.29.15", true, Asn1.tlv(3, new byte[] {6, (byte) 0xc0})));
    signer =
        root.issue(
            "signer", "Intel SGX TCB Signing", signerKey.getPublic(), 4, from, to, signing, hook);
    List<byte[]> leaf = new ArrayList<>(signing);
    leaf.add(TestCa.extension(SGX, false, hook.field("pck.sgx-extension", platform())));
    pck =
        platformCa.issue(
            "pck", "Intel SGX PCK Certificate", pckKey.getPublic(), 5, from, to, leaf, hook);
  }

  /** The root: a development anchor. */
  public TestCa root() {
    return root;
  }

  private byte[] platform() {
    List<byte[]> tcb = new ArrayList<>();
    byte[] svns = hook.field("pck.svns", filled(16, 5));
    for (int i = 1; i <= 16; i++) {
      tcb.add(pair(SGX + ".2." + i, Asn1.integer(svns[i - 1] & 0xff)));
    }
    byte[] pceSvn = hook.field("pck.pcesvn", new byte[] {11});
    tcb.add(pair(SGX + ".2.17", Asn1.integer(pceSvn[0])));
    tcb.add(pair(SGX + ".2.18", Asn1.octets(svns)));
    return Asn1.sequence(
        pair(SGX + ".1", Asn1.octets(filled(16, 7))),
        pair(SGX + ".2", Asn1.sequence(tcb.toArray(byte[][]::new))),
        pair(SGX + ".3", Asn1.octets(hook.field("pck.pceid", new byte[2]))),
        pair(SGX + ".4", Asn1.octets(hook.field("pck.fmspc", FMSPC.clone()))),
        pair(SGX + ".5", Asn1.enumerated(1)),
        pair(SGX + ".6", Asn1.octets(filled(16, 9))));
  }

  private static byte[] pair(String oid, byte[] value) {
    return Asn1.sequence(Asn1.oid(oid), value);
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private byte[] report(String name, EnclaveIdentityOf of) {
    return new Writer(hook, ByteOrder.LITTLE_ENDIAN)
        .bytes(name + ".cpusvn", filled(16, 5))
        .zeros(name + ".miscselect", 4)
        .zeros(name + ".reserved1", 12)
        .zeros(name + ".isvextprodid", 16)
        .u64(name + ".flags", of.flags())
        .u64(name + ".xfrm", 3)
        .bytes(name + ".mrenclave", of.mrEnclave())
        .zeros(name + ".reserved2", 32)
        .bytes(name + ".mrsigner", of.mrSigner())
        .zeros(name + ".reserved3", 32)
        .zeros(name + ".configid", 64)
        .u16(name + ".isvprodid", of.isvProdId())
        .u16(name + ".isvsvn", of.isvSvn())
        .u16(name + ".configsvn", 0)
        .zeros(name + ".reserved4", 42)
        .zeros(name + ".isvfamilyid", 16)
        .bytes(name + ".reportdata", of.reportData())
        .toBytes();
  }

  private Writer header(int version, int teeType) {
    return new Writer(hook, ByteOrder.LITTLE_ENDIAN)
        .u16("quote.version", version)
        .u16("quote.key-type", 2)
        .u32("quote.tee-type", teeType)
        .u16("quote.qe-svn", 8)
        .u16("quote.pce-svn", 11)
        .bytes("quote.vendor", VENDOR)
        .zeros("quote.user-data", 20);
  }

  /** A quote of version 3 about an enclave. */
  public byte[] sgxQuote(EnclaveIdentityOf enclave) {
    byte[] signed = header(3, 0).bytes("quote.body", report("body", enclave)).toBytes();
    byte[] qe = quotingEnclave(QE_SIGNER, 1);
    Writer data = signature(signed).bytes("quote.qe", qe);
    return sized(signed, data);
  }

  /**
   * A quote of version 4 about a trust domain.
   *
   * @param mrTd 48 bytes
   * @param rtmrs four of 48 bytes
   */
  public byte[] tdxQuote(byte[] mrTd, List<byte[]> rtmrs, byte[] reportData) {
    Writer body = header(4, TDX_TYPE);
    body.bytes("body.teetcbsvn", teeTcbSvn())
        .zeros("body.mrseam", 48)
        .zeros("body.mrsignerseam", 48)
        .zeros("body.seamattributes", 8)
        .bytes("body.tdattributes", new byte[] {0, 0, 0, 0x10, 0, 0, 0, 0})
        .bytes("body.xfam", new byte[] {(byte) 0xe7, 0, 6, 0, 0, 0, 0, 0})
        .bytes("body.mrtd", mrTd)
        .zeros("body.mrconfigid", 48)
        .zeros("body.mrowner", 48)
        .zeros("body.mrownerconfig", 48);
    for (int i = 0; i < 4; i++) {
      body.bytes("body.rtmr" + i, rtmrs.get(i));
    }
    byte[] signed = body.bytes("body.reportdata", reportData).toBytes();
    byte[] qe = quotingEnclave(TD_QE_SIGNER, 2);
    Writer data = signature(signed).u16("quote.outer-type", 6).u32("quote.outer-size", qe.length);
    return sized(signed, data.bytes("quote.qe", qe));
  }

  private static byte[] teeTcbSvn() {
    byte[] svn = new byte[16];
    svn[0] = 6;
    svn[1] = 1;
    svn[2] = 5;
    return svn;
  }

  private Writer signature(byte[] signed) {
    return new Writer(hook, ByteOrder.LITTLE_ENDIAN)
        .bytes("quote.signature", Crypto.signP256(attestationKey.getPrivate(), signed))
        .bytes("quote.attestation-key", Crypto.point(attestationKey.getPublic(), 32));
  }

  /** A quoting enclave has its key certified once, not with every quote. */
  private byte[] quotingEnclave(byte[] mrSigner, int product) {
    return certified.computeIfAbsent(product, p -> certify(mrSigner, p));
  }

  private byte[] certify(byte[] mrSigner, int product) {
    byte[] auth = filled(32, 1);
    byte[] binding =
        Crypto.join(
            Crypto.sha256(Crypto.point(attestationKey.getPublic(), 32), auth), new byte[32]);
    byte[] qe =
        report("qe", new EnclaveIdentityOf(filled(32, 3), mrSigner, product, 8, 0x11, binding));
    byte[] chain =
        TestCa.pem(pck, platformCa.certificate(), root.certificate())
            .getBytes(StandardCharsets.US_ASCII);
    return new Writer(hook, ByteOrder.LITTLE_ENDIAN)
        .bytes("qe.report", qe)
        .bytes("qe.signature", Crypto.signP256(pckKey.getPrivate(), qe))
        .u16("qe.auth-size", auth.length)
        .bytes("qe.auth", auth)
        .u16("qe.certification-type", 5)
        .u32("qe.certification-size", chain.length)
        .bytes("qe.certification", chain)
        .toBytes();
  }

  private byte[] sized(byte[] signed, Writer data) {
    byte[] content = data.toBytes();
    return new Writer(hook, ByteOrder.LITTLE_ENDIAN)
        .bytes("quote.signed", signed)
        .u32("quote.signature-size", content.length)
        .bytes("quote.signature-data", content)
        .bytes("quote.padding", new byte[0])
        .toBytes();
  }

  /**
   * Collateral as one JSON object of strings.
   *
   * @param tdx for trust domains; otherwise for enclaves
   */
  public byte[] collateral(boolean tdx) {
    Instant to = now.plusSeconds(FRESH);
    Instant from = now.minusSeconds(3600);
    String window =
        "\"issueDate\":\""
            + text("collateral.issued", from.toString())
            + "\",\"nextUpdate\":\""
            + text("collateral.due", to.toString())
            + "\"";
    String levels =
        level(tdx, 5, 11, text("tcb.status", "UpToDate")) + "," + level(tdx, 2, 5, "OutOfDate");
    String info =
        "{\"id\":\""
            + text("tcb.id", tdx ? "TDX" : "SGX")
            + "\",\"version\":3,"
            + window
            + ",\"fmspc\":\""
            + hex(hook.field("tcb.fmspc", FMSPC.clone()))
            + "\",\"pceId\":\""
            + hex(hook.field("tcb.pceid", new byte[2]))
            + "\",\"tcbType\":0,\"tcbEvaluationDataNumber\":17,"
            + (tdx ? module() : "")
            + "\"tcbLevels\":["
            + levels
            + "]}";
    String identity =
        "{\"id\":\""
            + (tdx ? "TD_QE" : "QE")
            + "\",\"version\":2,"
            + window
            + ",\"tcbEvaluationDataNumber\":17,\"miscselect\":\"00000000\",\"miscselectMask\":\""
            + "FFFFFFFF\",\"attributes\":\"11000000000000000000000000000000\",\"attributesMask\":\""
            + "FBFFFFFFFFFFFFFF0000000000000000\",\"mrsigner\":\""
            + hex(tdx ? TD_QE_SIGNER : QE_SIGNER)
            + "\",\"isvprodid\":"
            + (tdx ? 2 : 1)
            + ",\"tcbLevels\":["
            + svn(8, text("qe-identity.status", "UpToDate"))
            + "]}";
    String chain = TestCa.pem(signer, root.certificate());
    List<BigInteger> revokedByRoot = serials("revoked.by-root");
    List<BigInteger> revokedByCa = serials("revoked.by-ca");
    return ("{\"pck_crl_issuer_chain\":"
            + quoted(TestCa.pem(platformCa.certificate(), root.certificate()))
            + ",\"root_ca_crl\":\""
            + hex(root.revoke("root-crl", revokedByRoot, from, to, 1, hook))
            + "\",\"pck_crl\":\""
            + hex(platformCa.revoke("pck-crl", revokedByCa, from, to, 1, hook))
            + "\",\"tcb_info_issuer_chain\":"
            + quoted(chain)
            + ",\"tcb_info\":"
            + quoted(text("tcb-info.text", info))
            + ",\"tcb_info_signature\":\""
            + sign("tcb-info.signature", info)
            + "\",\"qe_identity_issuer_chain\":"
            + quoted(chain)
            + ",\"qe_identity\":"
            + quoted(text("qe-identity.text", identity))
            + ",\"qe_identity_signature\":\""
            + sign("qe-identity.signature", identity)
            + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private String level(boolean tdx, int svn, int pceSvn, String status) {
    String components =
        "[" + "{\"svn\":%d},".formatted(svn).repeat(15) + "{\"svn\":%d}]".formatted(svn);
    String tdxComponents =
        "[{\"svn\":0},{\"svn\":0},{\"svn\":%d}".formatted(svn) + ",{\"svn\":0}".repeat(13) + "]";
    return "{\"tcb\":{\"sgxtcbcomponents\":"
        + components
        + ",\"pcesvn\":"
        + pceSvn
        + (tdx ? ",\"tdxtcbcomponents\":" + tdxComponents : "")
        + "},\"tcbDate\":\"2024-03-13T00:00:00Z\",\"tcbStatus\":\""
        + status
        + "\"}";
  }

  private static String svn(int svn, String status) {
    return "{\"tcb\":{\"isvsvn\":"
        + svn
        + "},\"tcbDate\":\"2024-03-13T00:00:00Z\",\"tcbStatus\":\""
        + status
        + "\"}";
  }

  private String module() {
    String identity =
        "\"mrsigner\":\""
            + "00".repeat(48)
            + "\",\"attributes\":\"0000000000000000\",\"attributesMask\":\"FFFFFFFFFFFFFFFF\"";
    return "\"tdxModule\":{"
        + identity
        + "},\"tdxModuleIdentities\":[{\"id\":\""
        + text("module.id", "TDX_01")
        + "\","
        + identity
        + ",\"tcbLevels\":["
        + svn(5, text("module.status", "UpToDate"))
        + "]}],";
  }

  private List<BigInteger> serials(String field) {
    byte[] list = hook.field(field, new byte[0]);
    List<BigInteger> serials = new ArrayList<>();
    for (byte serial : list) {
      serials.add(BigInteger.valueOf(serial));
    }
    return serials;
  }

  private String sign(String field, String text) {
    byte[] signature =
        Crypto.signP256(signerKey.getPrivate(), text.getBytes(StandardCharsets.UTF_8));
    return hex(hook.field(field, signature));
  }

  private String text(String field, String value) {
    return new String(
        hook.field(field, value.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
