// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.snp;

import java.util.Optional;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * ATTESTATION_REPORT of the SEV-SNP firmware ABI: 1184 bytes, little endian. Versions 1 (preview
 * firmware, never endorsed), 2, 3, 4 and 5. Offsets stand at the components.
 *
 * @param raw all 1184 bytes
 * @param version 0x000
 * @param guestSvn 0x004
 * @param policy 0x008
 * @param familyId 0x010, 16 bytes
 * @param imageId 0x020, 16 bytes
 * @param vmpl 0x030; 0xffffffff where the host asked
 * @param signatureAlgorithm 0x034; 1 is ECDSA P-384 with SHA-384
 * @param currentTcb 0x038
 * @param platformInfo 0x040
 * @param keyInfo 0x048; bit 0 author key, bit 1 chip key masked, bits 2-4 signing key
 * @param reportData 0x050, 64 bytes from the guest
 * @param measurement 0x090, 48 bytes: launch digest
 * @param hostData 0x0c0, 32 bytes from the host at launch
 * @param idKeyDigest 0x0e0, 48 bytes
 * @param authorKeyDigest 0x110, 48 bytes
 * @param reportId 0x140, 32 bytes
 * @param reportIdMa 0x160, 32 bytes, of the migration agent
 * @param reportedTcb 0x180; what the signing key was derived for
 * @param cpuidFamily 0x188, combined; null before version 3, as the next two
 * @param cpuidModel 0x189, combined
 * @param cpuidStepping 0x18a
 * @param chipId 0x1a0, 64 bytes
 * @param committedTcb 0x1e0
 * @param currentVersion 0x1e8
 * @param committedVersion 0x1ec
 * @param launchTcb 0x1f0
 * @param launchMitigationVector 0x1f8; null before version 5, as the next
 * @param currentMitigationVector 0x200
 * @param signatureR 0x2a0, 72 bytes, little endian
 * @param signatureS 0x2e8, 72 bytes, little endian
 */
public record SnpReport(
    Bytes raw,
    long version,
    long guestSvn,
    GuestPolicy policy,
    Bytes familyId,
    Bytes imageId,
    long vmpl,
    long signatureAlgorithm,
    TcbVersion currentTcb,
    PlatformInfo platformInfo,
    long keyInfo,
    Bytes reportData,
    Bytes measurement,
    Bytes hostData,
    Bytes idKeyDigest,
    Bytes authorKeyDigest,
    Bytes reportId,
    Bytes reportIdMa,
    TcbVersion reportedTcb,
    @Nullable Integer cpuidFamily,
    @Nullable Integer cpuidModel,
    @Nullable Integer cpuidStepping,
    Bytes chipId,
    TcbVersion committedTcb,
    FirmwareVersion currentVersion,
    FirmwareVersion committedVersion,
    TcbVersion launchTcb,
    @Nullable Long launchMitigationVector,
    @Nullable Long currentMitigationVector,
    Bytes signatureR,
    Bytes signatureS) {

  /** Bytes of every version. */
  public static final int LENGTH = 0x4a0;

  /** What the signature covers starts at 0 and ends here. */
  public static final int SIGNED_LENGTH = 0x2a0;

  private static final String FORMAT = "SNP report";

  /** Which key signed, bits 2-4 of KEY_INFO. */
  public enum SigningKey {
    VCEK,
    VLEK,
    NONE,
    UNKNOWN
  }

  /**
   * @param build number of the build
   */
  public record FirmwareVersion(int major, int minor, int build) {
    static FirmwareVersion read(ByteReader in, String field) {
      int build = in.u8(field + " build");
      int minor = in.u8(field + " minor");
      int major = in.u8(field + " major");
      zero(in, field + " reserved", 1);
      return new FirmwareVersion(major, minor, build);
    }

    Json.Obj toJson() {
      return Json.object().put("major", major).put("minor", minor).put("build", build).build();
    }
  }

  /**
   * @throws MalformedEvidenceException where the length, the version or the signature algorithm is
   *     another, or a reserved byte is not zero
   */
  public static SnpReport parse(Bytes bytes) {
    if (bytes.length() != LENGTH) {
      throw new MalformedEvidenceException(
          FORMAT, "length", -1, "is " + bytes.length() + " instead of " + LENGTH);
    }
    ByteReader in = bytes.reader(FORMAT);
    long version = in.u32le("VERSION");
    if (version < 1 || version > 5) {
      throw in.malformed("VERSION", "is " + version + ", known are 1 to 5");
    }
    TcbLayout layout = layout(bytes, version);
    long guestSvn = in.u32le("GUEST_SVN");
    GuestPolicy policy = new GuestPolicy(in.u64le("POLICY"));
    Bytes familyId = take(in, "FAMILY_ID", 16);
    Bytes imageId = take(in, "IMAGE_ID", 16);
    long vmpl = in.u32le("VMPL");
    long algorithm = in.u32le("SIGNATURE_ALGO");
    if (algorithm != 1) {
      throw in.malformed("SIGNATURE_ALGO", "is " + algorithm + ", only 1 is defined");
    }
    TcbVersion currentTcb = TcbVersion.read(in, "CURRENT_TCB", layout);
    PlatformInfo platformInfo = new PlatformInfo(in.u64le("PLATFORM_INFO"));
    long keyInfo = in.u32le("KEY_INFO");
    if (keyInfo >>> 5 != 0) {
      throw in.malformed("KEY_INFO", "has reserved bits set");
    }
    zero(in, "reserved", 4);
    Bytes reportData = take(in, "REPORT_DATA", 64);
    Bytes measurement = take(in, "MEASUREMENT", 48);
    Bytes hostData = take(in, "HOST_DATA", 32);
    Bytes idKeyDigest = take(in, "ID_KEY_DIGEST", 48);
    Bytes authorKeyDigest = take(in, "AUTHOR_KEY_DIGEST", 48);
    Bytes reportId = take(in, "REPORT_ID", 32);
    Bytes reportIdMa = take(in, "REPORT_ID_MA", 32);
    TcbVersion reportedTcb = TcbVersion.read(in, "REPORTED_TCB", layout);
    Integer family = null;
    Integer model = null;
    Integer stepping = null;
    if (version >= 3) {
      family = in.u8("CPUID_FAM_ID");
      model = in.u8("CPUID_MOD_ID");
      stepping = in.u8("CPUID_STEP");
    } else {
      zero(in, "reserved", 3);
    }
    zero(in, "reserved", 21);
    Bytes chipId = take(in, "CHIP_ID", 64);
    TcbVersion committedTcb = TcbVersion.read(in, "COMMITTED_TCB", layout);
    FirmwareVersion currentVersion = FirmwareVersion.read(in, "CURRENT");
    FirmwareVersion committedVersion = FirmwareVersion.read(in, "COMMITTED");
    TcbVersion launchTcb = TcbVersion.read(in, "LAUNCH_TCB", layout);
    Long launchMitigation = null;
    Long currentMitigation = null;
    if (version >= 5) {
      launchMitigation = in.u64le("LAUNCH_MIT_VECTOR");
      currentMitigation = in.u64le("CURRENT_MIT_VECTOR");
    } else {
      zero(in, "reserved", 16);
    }
    zero(in, "reserved", 152);
    Bytes r = take(in, "R", 72);
    Bytes s = take(in, "S", 72);
    zero(in, "signature reserved", 368);
    in.end("end of report");
    return new SnpReport(
        bytes,
        version,
        guestSvn,
        policy,
        familyId,
        imageId,
        vmpl,
        algorithm,
        currentTcb,
        platformInfo,
        keyInfo,
        reportData,
        measurement,
        hostData,
        idKeyDigest,
        authorKeyDigest,
        reportId,
        reportIdMa,
        reportedTcb,
        family,
        model,
        stepping,
        chipId,
        committedTcb,
        currentVersion,
        committedVersion,
        launchTcb,
        launchMitigation,
        currentMitigation,
        r,
        s);
  }

  /** The product line, where the report names its processor (version 3 on) and it is known. */
  public Optional<SnpProduct> product() {
    return cpuidFamily == null || cpuidModel == null
        ? Optional.empty()
        : SnpProduct.of(cpuidFamily, cpuidModel);
  }

  public boolean authorKeyEnabled() {
    return (keyInfo & 1) == 1;
  }

  /** The firmware was told to leave the chip id out. */
  public boolean chipKeyMasked() {
    return (keyInfo >>> 1 & 1) == 1;
  }

  public SigningKey signingKey() {
    return switch ((int) (keyInfo >>> 2 & 7)) {
      case 0 -> SigningKey.VCEK;
      case 1 -> SigningKey.VLEK;
      case 7 -> SigningKey.NONE;
      default -> SigningKey.UNKNOWN;
    };
  }

  /** The bytes that the signature covers. */
  public byte[] signed() {
    return raw.slice(0, SIGNED_LENGTH).toArray();
  }

  /**
   * {@code r ‖ s}, 48 bytes each, big endian; empty where a number does not fit P-384: cutting it
   * would change what was signed.
   */
  public Optional<byte[]> signature() {
    byte[] out = new byte[96];
    for (int half = 0; half < 2; half++) {
      Bytes number = half == 0 ? signatureR : signatureS;
      if (!number.slice(48, 72).isZero()) {
        return Optional.empty();
      }
      for (int i = 0; i < 48; i++) {
        out[half * 48 + i] = (byte) number.at(47 - i);
      }
    }
    return Optional.of(out);
  }

  /** Every field, by the name of the ABI. */
  public Json.Obj fields() {
    Json.Builder json =
        Json.object()
            .put("VERSION", version)
            .put("GUEST_SVN", guestSvn)
            .put("POLICY", policy.toJson())
            .put("FAMILY_ID", familyId.hex())
            .put("IMAGE_ID", imageId.hex())
            .put("VMPL", vmpl)
            .put("SIGNATURE_ALGO", signatureAlgorithm)
            .put("CURRENT_TCB", currentTcb.toJson())
            .put("PLATFORM_INFO", platformInfo.toJson())
            .put("AUTHOR_KEY_EN", authorKeyEnabled())
            .put("MASK_CHIP_KEY", chipKeyMasked())
            .put("SIGNING_KEY", signingKey().name())
            .put("REPORT_DATA", reportData.hex())
            .put("MEASUREMENT", measurement.hex())
            .put("HOST_DATA", hostData.hex())
            .put("ID_KEY_DIGEST", idKeyDigest.hex())
            .put("AUTHOR_KEY_DIGEST", authorKeyDigest.hex())
            .put("REPORT_ID", reportId.hex())
            .put("REPORT_ID_MA", reportIdMa.hex())
            .put("REPORTED_TCB", reportedTcb.toJson());
    if (cpuidFamily != null && cpuidModel != null && cpuidStepping != null) {
      json.put("CPUID_FAM_ID", cpuidFamily)
          .put("CPUID_MOD_ID", cpuidModel)
          .put("CPUID_STEP", cpuidStepping);
    }
    json.put("CHIP_ID", chipId.hex())
        .put("COMMITTED_TCB", committedTcb.toJson())
        .put("CURRENT", currentVersion.toJson())
        .put("COMMITTED", committedVersion.toJson())
        .put("LAUNCH_TCB", launchTcb.toJson());
    if (launchMitigationVector != null && currentMitigationVector != null) {
      json.put("LAUNCH_MIT_VECTOR", Long.toHexString(launchMitigationVector))
          .put("CURRENT_MIT_VECTOR", Long.toHexString(currentMitigationVector));
    }
    return json.put("R", signatureR.hex()).put("S", signatureS.hex()).build();
  }

  /** Version 3 on tells the processor; nothing before Turin had another layout. */
  private static TcbLayout layout(Bytes bytes, long version) {
    return version < 3
        ? TcbLayout.MILAN
        : SnpProduct.of(bytes.at(0x188), bytes.at(0x189))
            .map(SnpProduct::layout)
            .orElse(bytes.at(0x188) >= 0x1a ? TcbLayout.TURIN : TcbLayout.MILAN);
  }

  private static Bytes take(ByteReader in, String field, int length) {
    return in.octets(field, length);
  }

  private static void zero(ByteReader in, String field, int length) {
    for (int i = 0; i < length; i++) {
      if (in.u8(field) != 0) {
        throw in.malformed(field, "is not zero");
      }
    }
  }
}
