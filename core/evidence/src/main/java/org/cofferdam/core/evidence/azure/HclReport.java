// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.azure;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.PublicKeyInfo;

/**
 * Attestation report of the host compatibility layer, little endian: "HCLA" 4@0, version 4@4,
 * report size 4@8, request type 4@12 (2), status 4@16, hardware report 1184@0x20, data size
 * 4@0x4C0, version 4@0x4C4 (1), report type 4@0x4C8, hash type 4@0x4CC, size 4@0x4D0, runtime
 * data @0x4D4, zeros.
 *
 * @param hardwareReport 1184 bytes of SNP, or 1024 of TDX (TDREPORT)
 * @param hash of the runtime data that the hardware report carries: 32, 48 or 64 bytes
 * @param runtimeData JSON, exactly as hashed
 */
public record HclReport(
    long version, Hardware hardware, Bytes hardwareReport, Bytes hash, Bytes runtimeData) {
  private static final String FORMAT = "HCL report";
  private static final long MAGIC = 0x414c4348;
  private static final int HARDWARE_ROOM = 0x4a0;
  private static final int TD_REPORT = 1024;

  /** What isolates the VM. */
  public enum Hardware {
    SNP,
    TDX
  }

  /** True where the content begins like one. */
  public static boolean looksLike(Bytes content) {
    return content.length() > 0x4d4 && content.reader(FORMAT).u32le("signature") == MAGIC;
  }

  /**
   * @throws MalformedEvidenceException on anything but one whole report, zeros behind it allowed
   */
  public static HclReport parse(Bytes encoded) {
    ByteReader reader = encoded.reader(FORMAT);
    if (reader.u32le("signature") != MAGIC) {
      throw reader.malformed("signature", "is not HCLA");
    }
    long version = reader.u32le("version");
    if (version < 1 || version > 2) {
      throw reader.malformed("version", "is not 1 or 2");
    }
    reader.skip("reportSize", 4);
    if (reader.u32le("requestType") != 2) {
      throw reader.malformed("requestType", "is not 2 (report)");
    }
    reader.skip("status", 16);
    Bytes room = reader.octets("hwReport", HARDWARE_ROOM);
    long dataSize = reader.u32le("dataSize");
    if (reader.u32le("runtimeVersion") != 1) {
      throw reader.malformed("runtimeVersion", "is not 1");
    }
    Hardware hardware =
        switch ((int) reader.u32le("reportType")) {
          case 2 -> Hardware.SNP;
          case 4 -> Hardware.TDX;
          default -> throw reader.malformed("reportType", "is neither 2 (SNP) nor 4 (TDX)");
        };
    long hashType = reader.u32le("hashType");
    long size = reader.u32le("runtimeDataSize");
    if (dataSize != size + 20) {
      throw reader.malformed("runtimeDataSize", "does not fit the data size");
    }
    Bytes runtime = reader.octets("runtimeData", size);
    if (!encoded.slice(reader.position(), encoded.length()).isZero()) {
      throw reader.malformed("padding", "something else than zeros follows the report");
    }
    Bytes hash =
        switch ((int) hashType) {
          case 1 -> runtime.sha256();
          case 2 -> runtime.sha384();
          case 3 -> runtime.sha512();
          default -> throw reader.malformed("hashType", "is not 1, 2 or 3");
        };
    return new HclReport(
        version,
        hardware,
        hardware == Hardware.SNP ? room : room.slice(0, TD_REPORT),
        hash,
        runtime);
  }

  /** Runtime data as JSON. */
  public Json.Obj runtime() {
    return Json.parse(runtimeData.toArray()).asObject(FORMAT);
  }

  /**
   * The vTPM's attestation key, as DER SubjectPublicKeyInfo.
   *
   * @throws MalformedEvidenceException where the runtime data has not exactly one
   */
  public Bytes attestationKey() {
    Bytes found = null;
    for (Json json : runtime().array("keys")) {
      Json.Obj key = json.asObject("keys");
      if (key.string("kid").equals("HCLAkPub")) {
        if (found != null || !key.string("kty").equals("RSA")) {
          throw new MalformedEvidenceException(FORMAT, "HCLAkPub", -1, "is no single RSA key");
        }
        found = PublicKeyInfo.ofRsa(number(key, "n"), number(key, "e"));
      }
    }
    if (found == null) {
      throw new MalformedEvidenceException(FORMAT, "HCLAkPub", -1, "is missing");
    }
    return found;
  }

  private static Bytes number(Json.Obj key, String name) {
    try {
      return Bytes.of(Base64.getUrlDecoder().decode(key.string(name)));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "is not base64url");
    }
  }

  /** Every field by its name. */
  public Json.Obj fields() {
    return Json.object()
        .put("version", version)
        .put("reportType", hardware == Hardware.SNP ? 2 : 4)
        .put("hwReport", hardwareReport.hex())
        .put("runtimeDataHash", hash.hex())
        .put("runtimeData", new String(runtimeData.toArray(), StandardCharsets.UTF_8))
        .build();
  }
}
